// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.traces;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.asyncore.InterestPolicy;
import org.asyncore.chat.Producer;
import org.asyncore.chat.SimpleProducer;
import org.asyncore.chat.Terminator;
import org.asyncore.spi.Ops;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contract of the scenarios of asynchat: items of the input, and the queue of output. */
public abstract class ChatTracesContract {
    private static final String CRLF = "\r\n";

    @RegisterExtension
    final Scenario scenario = new Scenario();

    /** Makes the contract, for the tests of a backend. */
    protected ChatTracesContract() {}

    /** A conversation and its peer. */
    private record Conversation(ChatProbe chat, ScenarioPeer peer) {}

    private Conversation conversation(String who, Terminator terminator) throws IOException {
        ScenarioConnection pair = scenario.pair();
        ChatProbe chat = new ChatProbe(scenario, who, pair.ours());
        chat.setTerminator(terminator);
        return new Conversation(chat, pair.peer());
    }

    /** Sends a segment to each conversation, and runs a cycle once all have arrived. */
    private void feed(String segment, Conversation... conversations) throws IOException {
        for (Conversation conversation : conversations) {
            conversation.chat.expect(segment);
            conversation.peer.send(segment);
            conversation.chat.delChannel(); // because await registers the channel with another poller
        }
        for (Conversation conversation : conversations) {
            conversation.chat.await(Ops.READ);
            conversation.chat.addChannel();
        }
        scenario.cycles(1);
    }

    // Items.

    @ParameterizedTest
    @EnumSource
    @Replays("chat_line_terminator")
    void linesAreFoundInSegmentsOfAnySize(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        Conversation conversation = conversation("chat", Terminator.of(CRLF));
        for (String segment : List.of("hello\r\nworld\r\n", "par", "tial", " line\r\nnext\r\nrest")) {
            feed(segment, conversation);
        }
        scenario.outcome("items", conversation.chat.items, "unfinished", conversation.chat.unfinished());
        scenario.assertAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("chat_empty_lines")
    void emptyLinesCollectNothing(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        Conversation conversation = conversation("chat", Terminator.of("\n"));
        feed("\nhello world\n\n\nI'm not dead yet!\n\n", conversation);
        scenario.outcome("items", conversation.chat.items);
        scenario.assertAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("chat_split_terminator")
    void prefixOfTheTerminatorIsHeldBack(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        Conversation conversation = conversation("chat", Terminator.of("\r\n.\r\n"));
        for (String segment : List.of(
                "abc\r", "\n", ".", "\r\n", "tail\r\nmore", "\r\n.\r", "x\r\n.\r\r\n.\r\nz", "\r\n.\r\n\r\n.\r\n")) {
            feed(segment, conversation);
            scenario.driver("held", "data", conversation.chat.held());
        }
        scenario.outcome("items", conversation.chat.items);
        scenario.assertAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("chat_none_terminator")
    void inputWithoutATerminatorIsCollected(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        Conversation none = conversation("none", Terminator.NONE);
        Conversation zero = conversation("zero", Terminator.count(0));
        Conversation empty = conversation("empty", Terminator.of(""));
        feed("one\r\ntwo", none, zero, empty);
        feed("\r\nthree", none, zero, empty);
        scenario.outcome("items", List.of(none.chat.items, zero.chat.items, empty.chat.items));
        scenario.assertAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("chat_numeric_terminator")
    void countEndsOneItem(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        ScenarioConnection first = scenario.pair();
        ScenarioConnection second = scenario.pair();
        CountingProbe once = new CountingProbe(scenario, "once", first.ours(), 6, 0);
        CountingProbe again = new CountingProbe(scenario, "again", second.ours(), 4, 4);
        for (String segment : List.of("abc", "de", "fXYZ12345", "6789")) {
            feed(segment, new Conversation(once, first.peer()), new Conversation(again, second.peer()));
            scenario.driver("terminators", "once", once.missing(), "again", again.missing());
        }
        boolean refused = false;
        try {
            once.setTerminator(-1);
        } catch (IllegalArgumentException e) {
            refused = true;
        }
        scenario.outcome("items", Map.of("once", once.items, "again", again.items), "negative_refused", refused);
        scenario.outcome("uncollected", Map.of("once", once.unfinished(), "again", again.unfinished()));
        scenario.assertAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("chat_eof_drops_tail")
    void endOfTheStreamEndsNoItem(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        ScenarioConnection pair = scenario.pairThatSent("done\r\nabc\r");
        pair.peer().close();
        ChatProbe chat = new ChatProbe(scenario, "chat", pair.ours());
        chat.setTerminator(CRLF);
        chat.expect("done\r\nabc\r");
        scenario.cycles(3);
        scenario.outcome("items", chat.items, "unfinished", chat.unfinished(), "held", chat.held());
        scenario.outcome("map_size", scenario.mapSize());
        scenario.assertAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("chat_recv_errors")
    void errorOfRecvIsHandledAndWouldBlockIsNoError(InterestPolicy policy) throws Exception {
        scenario.begin(policy);
        List<Integer> sizes = new ArrayList<>();
        PresetInputProbe chat =
                new PresetInputProbe(scenario, "chat", scenario.pair().ours());
        chat.setTerminator(CRLF);
        for (String symbol : List.of("EAGAIN", "EIO")) {
            chat.failure = symbol.equals("EAGAIN") ? null : new SystemError(symbol); // EAGAIN is 0 bytes here
            scenario.driver("step", "recv", symbol);
            chat.handleReadEvent();
            sizes.add(scenario.mapSize());
        }
        PresetInputProbe bare =
                new PresetInputProbe(scenario, "bare", scenario.pair().ours());
        bare.data = "data";
        scenario.driver("step", "recv", "data, no terminator ever set");
        try {
            bare.handleReadEvent();
        } catch (IllegalStateException e) {
            scenario.driver("raised");
        }
        scenario.outcome("map_sizes", sizes);
        scenario.assertAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("find_prefix_at_end")
    void longestPrefixOfTheTerminatorIsHeldBack(InterestPolicy policy) throws Exception {
        scenario.begin(policy);
        for (Trace.Event row : Recording.of("find_prefix_at_end").events()) {
            String haystack = String.valueOf(row.detail().get("haystack"));
            String needle = String.valueOf(row.detail().get("needle"));
            PresetInputProbe chat =
                    new PresetInputProbe(scenario, "chat", scenario.pair().ours());
            chat.setTerminator(needle);
            chat.data = haystack;
            chat.expect(haystack);
            chat.records = false;
            chat.handleReadEvent();
            int held = chat.held().length();
            scenario.driver("result", "haystack", haystack, "needle", needle, "value", held);
        }
        scenario.assertAsRecorded();
    }

    // Output.

    @ParameterizedTest
    @EnumSource
    @Replays("chat_push_slices")
    @DiffersFromAsyncore("the queue returns its numbers of blocks and bytes, not its blocks")
    void longBlocksAreQueuedAsSlices(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        ServerSocket listener = scenario.listener();
        ChatProbe chat = new ChatProbe(scenario, "chat") {
            {
                setOutBufferBytes(10);
            }

            @Override
            public void handleConnect() throws IOException {
                super.handleConnect();
                push("a".repeat(25));
                push("b".repeat(10));
                event("queue", "blocks", queued(), "bytes", queuedBytes());
            }
        };
        open(chat, listener);
        ScenarioPeer peer = accept(chat, listener);
        scenario.cycles(4);
        scenario.quietCycles(1);
        scenario.outcome("peer_got", peer.receive(35));
        scenario.assertEvents("""
                loop.cycle {"n":1}
                chat.handle_connect
                chat.queue {"blocks":4,"bytes":35}
                chat.send {"offered":10,"sent":10}
                loop.cycle {"n":2}
                chat.send {"offered":10,"sent":10}
                loop.cycle {"n":3}
                chat.send {"offered":5,"sent":5}
                loop.cycle {"n":4}
                chat.send {"offered":10,"sent":10}
                loop.cycle {"n":5}
                """);
    }

    private static void open(ChatProbe chat, ServerSocket listener) throws IOException {
        chat.recordsSends = true;
        chat.setTerminator(Terminator.NONE);
        chat.createSocket();
        chat.connect(listener.getLocalSocketAddress());
    }

    private ScenarioPeer accept(ChatProbe chat, ServerSocket listener) throws IOException {
        ScenarioPeer peer = scenario.accept(listener);
        chat.await(Ops.WRITE);
        return peer;
    }

    @ParameterizedTest
    @EnumSource
    @Replays("chat_push_with_producer")
    void eachWriteSendsOneBlock(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        ServerSocket listener = scenario.listener();
        ChatProbe chat = new ChatProbe(scenario, "chat");
        open(chat, listener);
        chat.push("first.");
        chat.pushWithProducer(new SimpleProducer("abcdefghijklmnopqrst".getBytes(ISO_8859_1), 8));
        chat.push("last.");
        Deque<String> own = new ArrayDeque<>(List.of("x", "yy", ""));
        chat.pushWithProducer(() -> ByteBuffer.wrap(own.remove().getBytes(ISO_8859_1)));
        scenario.driver("queue", "length", chat.queued());
        ScenarioPeer peer = accept(chat, listener);
        for (int i = 0; i < 8; i++) {
            scenario.cycles(1);
            scenario.driver("queue", "length", chat.queued());
        }
        scenario.quietCycles(1);
        scenario.driver("queue", "length", chat.queued());
        scenario.outcome("peer_got", peer.receive("first.abcdefghijklmnopqrstlast.xyy".length()));
        scenario.assertAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("chat_close_when_done")
    void closeWhenDoneDropsLaterPushes(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        ScenarioConnection pair = scenario.pair();
        ChatProbe late = new ChatProbe(scenario, "late", pair.ours());
        late.setTerminator(Terminator.NONE);
        late.recordsSends = true;
        for (String block : List.of("one", "two")) {
            scenario.driver("step", "call", "late.push(" + block + ")");
            late.push(block);
        }
        scenario.driver("step", "call", "late.close_when_done");
        late.closeWhenDone();
        late.runWhenDone(() -> late.event("ran")); // nothing else can be queued without an attempt to send
        scenario.driver("step", "call", "late queue append(never)");
        scenario.cycles(1);
        scenario.outcome("late_peer_got", pair.peer().receiveAll());
        ServerSocket listener = scenario.listener();
        ChatProbe early = new ChatProbe(scenario, "early");
        open(early, listener);
        for (String block : List.of("one", "two", "three")) {
            early.push(block);
        }
        early.closeWhenDone();
        ScenarioPeer peer = accept(early, listener);
        scenario.cycles(6);
        scenario.outcome("early_peer_got", peer.receiveAll(), "map_size", scenario.mapSize());
        scenario.assertAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("simple_producer_blocks")
    void simpleProducerReturnsBlocksThenNothing(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        produce(1200, null);
        produce(1024, 512);
        produce(5, 2);
        produce(0, 4);
        scenario.assertAsRecorded();
    }

    private void produce(int bytes, @Nullable Integer blockBytes) throws IOException {
        byte[] data = new byte[bytes];
        Producer producer = blockBytes == null ? new SimpleProducer(data) : new SimpleProducer(data, blockBytes);
        scenario.driver("producer", "data", bytes, "block", blockBytes);
        for (int empty = 0; empty < 2; ) {
            int n = producer.more().remaining();
            empty += n == 0 ? 1 : 0;
            scenario.driver("more", "length", n);
        }
    }
}
