// SPDX-License-Identifier: Apache-2.0
'use strict';

// A hue for each poller, the same on every plot, pale for our second variant; warm tones for Netty, grey for the JDK.
const COLOURS = {
  'epoll': ['#1f6fd6', '#86b6f2'],
  'kqueue': ['#7a3fc4', '#bd9be6'],
  'nio': ['#16915a', '#84d0ad'],
  'loop': ['#1f6fd6'],
  'crlf': ['#1f6fd6'],
  'nasty': ['#86b6f2'],
  'selector': ['#7b8794'],
  'queue': ['#7b8794'],
  'netty-epoll': ['#e0662b'],
  'netty-kqueue': ['#d63f6c'],
  'netty-nio': ['#f0b23a'],
  'netty': ['#e0662b'],
  'netty-wheel': ['#f0b23a'],
  'agrona-wheel': ['#9a6b4b'],
};
const SECOND = ['every-turn', 'asyncore', 'plain'];

const dark = matchMedia('(prefers-color-scheme: dark)').matches;
const text = dark ? '#e4e8ee' : '#1c2430';
const faint = dark ? '#98a3b3' : '#5b6675';
const line = dark ? '#2c3440' : '#dde2e8';

const colour = subject => {
  const [poller, variant] = subject.split('/');
  const shades = COLOURS[poller] || ['#999999'];
  return SECOND.includes(variant) ? shades[1] : shades[0];
};
const unique = values => [...new Set(values)];
const figuresOf = names => report.figures.filter(figure => names.includes(figure.benchmark));
const setting = figure => Object.entries(figure.params).map(([key, value]) => `${key}=${value}`).join(', ');

function short(value) {
  if (value === null || value === undefined) return '';
  if (value === 0) return '0';
  if (value >= 1e6) return (value / 1e6).toFixed(value >= 1e7 ? 0 : 1) + 'M';
  if (value >= 1e4) return (value / 1e3).toFixed(value >= 1e5 ? 0 : 1) + 'k';
  if (value >= 100) return value.toFixed(0);
  if (value >= 10) return value.toFixed(1);
  return value.toFixed(2);
}

function frame(title, note, height) {
  const plots = document.getElementById('plots');
  plots.insertAdjacentHTML('beforeend', `<h2>${title}</h2><p class="note">${note}</p>`);
  const div = document.createElement('div');
  div.className = 'plot';
  div.style.height = height + 'px';
  plots.append(div);
  return echarts.init(div, null, {renderer: 'svg'});
}

const axisName = {nameLocation: 'middle', nameTextStyle: {color: faint, fontSize: 13, lineHeight: 16}};
const axisLook = {
  axisLabel: {color: text, fontSize: 12, lineHeight: 16, formatter: value => typeof value === 'number' ? short(value).replace(/\.0+(?=\D|$)/, '') : value},
  axisLine: {lineStyle: {color: faint}},
  splitLine: {lineStyle: {color: line}},
};
const legend = {top: 0, left: 0, icon: 'roundRect', itemWidth: 14, itemHeight: 10, textStyle: {color: text, fontSize: 12, lineHeight: 16}};

/** A line for each subject: figures against a parameter. */
function lines(title, note, benchmark, param, name, unit) {
  const figures = figuresOf([benchmark]);
  const xs = unique(figures.map(figure => figure.params[param]));
  if (xs.length < 2) {
    bars(title, note, [benchmark], unit, figure => figure.score, setting);
    return;
  }
  const series = unique(figures.map(figure => figure.subject)).map(subject => ({
    type: 'line',
    name: subject,
    symbol: subject.includes('/') ? 'circle' : 'rect',
    symbolSize: 8,
    lineStyle: {width: 2, type: subject.includes('/') ? 'solid' : 'dashed'},
    itemStyle: {color: colour(subject)},
    data: xs.map(x => (figures.find(figure => figure.subject === subject && figure.params[param] === x) || {}).score),
  }));
  frame(title, note, 420).setOption({
    animation: false,
    legend,
    tooltip: {trigger: 'axis', valueFormatter: value => `${short(value)} ${unit}`},
    grid: {left: 64, right: 24, top: 58, bottom: 56},
    xAxis: {type: 'category', data: xs.map(x => Number(x).toLocaleString('en')), name, nameGap: 32, ...axisName, ...axisLook},
    yAxis: {type: 'value', min: 0, name: unit, nameGap: 46, ...axisName, ...axisLook},
    series,
  });
}

/** A group of bars for each setting, a bar for each subject. */
function bars(title, note, benchmarks, unit, value, group, subjectOf = figure => figure.subject) {
  const figures = figuresOf(benchmarks).filter(figure => typeof value(figure) === 'number');
  if (figures.length === 0) return;
  const groups = unique(figures.map(group));
  const subjects = unique(figures.map(subjectOf));
  const series = subjects.map(subject => ({
    type: 'bar',
    name: subject,
    barGap: '12%',
    barMaxWidth: 22,
    itemStyle: {color: colour(subject)},
    label: {show: true, position: 'right', color: text, fontSize: 11, lineHeight: 14, formatter: item => short(item.value)},
    data: groups.map(name => {
      const found = figures.find(figure => subjectOf(figure) === subject && group(figure) === name);
      return found ? value(found) : null;
    }),
  }));
  const height = 110 + groups.length * (subjects.length * 19 + 18);
  frame(title, note, height).setOption({
    animation: false,
    legend,
    tooltip: {trigger: 'item', valueFormatter: number => `${short(number)} ${unit}`},
    grid: {left: 150, right: 70, top: 58, bottom: 46},
    xAxis: {type: 'value', min: 0, name: unit, nameGap: 30, ...axisName, ...axisLook},
    yAxis: {type: 'category', inverse: true, data: groups, ...axisLook, axisTick: {show: false}},
    series,
  });
}

const load = figure => {
  const [connections, bytes] = figure.params.load.split('x').map(Number);
  const size = bytes >= 1024 ? `${bytes / 1024} KiB` : `${bytes} B`;
  return `${connections.toLocaleString('en')} connection${connections > 1 ? 's' : ''}\n${size}`;
};
const cost = figure => figure.score;
const labelOf = names => figure => names[figure.benchmark] || figure.benchmark;

function plots() {
  lines('Dispatch', 'A turn in which 100 of N sockets are ready, divided by 100. Less is better. Dashed lines are baselines.',
    'Dispatch.turn', 'n', 'N, sockets watched', 'ns per event');
  bars('Asking', 'A turn with nothing ready, 1,000 dispatchers of five classes. With on-change none is asked. Less is better.',
    ['Ask.ask'], 'ns per dispatcher and turn', cost, () => '1,000\ndispatchers');
  bars('Changes', 'Interest: a socket stops or begins to wait for input. Registration: a socket leaves the loop and joins it again. Less is better.',
    ['Interest.change', 'Registration.leaveAndJoin'], 'ns', cost,
    labelOf({'Interest.change': 'interest', 'Registration.leaveAndJoin': 'registration'}));
  bars('Echo', 'Messages echoed in a second by one server thread. The rate includes the client; the next plot shows the server alone. More is better.',
    ['Echo.echo'], 'messages/s', cost, load);
  bars('Server CPU for an echo', 'CPU time of the server’s thread for one message, kernel included. Less is better.',
    ['Echo.echo'], 'CPU µs per message', figure => figure.cpuNanosPerOp && figure.cpuNanosPerOp / 1000, load);
  bars('System calls', 'Calls of the server’s thread for one message, at full speed. Less is better.',
    ['SystemCalls.echo'], 'calls per message', cost, load);
  bars('Spinning', 'One connection, 64 bytes. The server polls without blocking for that time before it blocks. The Selector that spins never blocks. More is better.',
    ['Spin.echo'], 'messages/s', cost, figure => figure.params.spinMicros === '0' ? 'blocks\nat once' : `spins\n${figure.params.spinMicros} µs`);
  const lineCount = figure => `${figure.params.lines} line${figure.params.lines === '1' ? '' : 's'}\nin a message`;
  bars('Lines', '16 connections, lines of 64 bytes, each sent back by itself; gathering sends those of one read together. More is better.',
    ['Chat.lines'], 'messages/s', cost, lineCount);
  bars('Server CPU for lines', 'CPU time of the server’s thread for one message, kernel included. Less is better.',
    ['Chat.lines'], 'CPU µs per message', figure => figure.cpuNanosPerOp && figure.cpuNanosPerOp / 1000, lineCount);
  bars('Searching for the end of a line', 'In reads of the given size, without a socket. Nasty: each byte can begin the terminator. The search is linear if long lines cost the same. Less is better.',
    ['Search.search'], 'ns per byte', cost,
    figure => `lines of ${figure.params.line / 1024} KiB\nreads of ${Number(figure.params.cut).toLocaleString('en')} B`);
  bars('Tasks from other threads', 'Tasks that were queued by execute and have run, in a second. More is better.',
    ['Wakeup.one', 'Wakeup.four'], 'tasks/s', cost,
    figure => `${figure.benchmark === 'Wakeup.one' ? 'one producer' : 'four producers'}\n${Number(figure.params.ahead).toLocaleString('en')} ahead`);
  const timers = {'Timer.scheduleAndCancel': 'schedule, cancel', 'Timer.rearm': 're-arm', 'TimerFire.fire': 'fire'};
  bars('Timers', 'Beside other pending timers. Less is better.', Object.keys(timers), 'ns per timer', cost,
    figure => `${timers[figure.benchmark]}\n${Number(figure.params.pending).toLocaleString('en')} pending`);
  allocation(timers);
}

function allocation(timers) {
  const sizes = {n: '1000', load: '64x64', pending: '10000', ahead: '1024'};
  const typical = figure => Object.entries(sizes).every(([key, size]) => figure.params[key] === size
    || !report.figures.some(other => other.benchmark === figure.benchmark && other.params[key] === size));
  const bytes = figure => typical(figure) && !figure.subject.endsWith('/asyncore') && typeof figure.bytesPerOp === 'number'
    ? (figure.bytesPerOp < 0.05 ? 0 : figure.bytesPerOp) : null;
  const plot = (title, note, names) => bars(title, note, Object.keys(names), 'bytes per operation', bytes, labelOf(names),
    figure => figure.subject.split('/')[0]);
  plot('Allocation', 'By all threads, for one operation. Less is better. A fraction of a byte is left from warming up. '
    + 'The bytes for an event on nio are the Selector’s.',
    {'Dispatch.turn': 'event', 'Echo.echo': 'echo', 'Interest.change': 'interest', 'Registration.leaveAndJoin': 'registration',
      'Wakeup.one': 'task'});
  plot('Allocation by timers', 'Less is better.', timers);
}

function host() {
  document.getElementById('host').innerHTML =
    Object.entries(report.host).map(([key, value]) => `<dt>${key}</dt><dd>${value}</dd>`).join('');
}

function table() {
  const baseline = (figure, subject) => report.figures.find(other => other.benchmark === figure.benchmark
    && setting(other) === setting(figure) && other.subject === subject && other !== figure);
  const ratio = other => figure => other ? (figure.score / other.score).toFixed(2) : '';
  const netty = figure => baseline(figure, 'netty-' + figure.subject.split('/')[0])
    || baseline(figure, 'netty-epoll') || baseline(figure, 'netty-kqueue') || baseline(figure, 'netty');
  const row = figure => [figure.benchmark, setting(figure), figure.subject].map(cell => `<td>${cell}</td>`).join('')
    + [short(figure.score), figure.error ? '± ' + short(figure.error) : '', figure.unit, ratio(baseline(figure, 'selector'))(figure),
      ratio(netty(figure))(figure), typeof figure.bytesPerOp === 'number' ? (figure.bytesPerOp < 0.05 ? '0' : short(figure.bytesPerOp)) : '',
      figure.cpuNanosPerOp ? short(figure.cpuNanosPerOp / 1000) : ''].map(cell => `<td class="number">${cell}</td>`).join('');
  document.getElementById('figures').innerHTML =
    '<tr><th>benchmark</th><th>setting</th><th>subject</th>'
    + ['figure', '99.9 %', 'unit', '× Selector', '× Netty', 'B/op', 'server CPU, µs'].map(head => `<th class="number">${head}</th>`).join('')
    + '</tr>' + report.figures.map(figure => `<tr>${row(figure)}</tr>`).join('');
}

host();
plots();
table();
