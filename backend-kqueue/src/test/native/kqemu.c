// SPDX-License-Identifier: Apache-2.0
/*
 * kqueue(2)/kevent(2) on Linux for tests: EVFILT_READ, EVFILT_WRITE, EVFILT_USER, EVFILT_TIMER.
 *
 * The kqueue descriptor is an epoll descriptor ("outer") that holds two inner epoll descriptors, one for each of the
 * read and the write filter, and an eventfd. So the two filters of one descriptor are as separate as BSD's knotes,
 * EV_CLEAR is EPOLLET on one filter only, and readiness is the kernel's own. Like BSD's, a knote belongs to the open
 * file its descriptor named when it was added: each knote keeps st_dev/st_ino and is dropped when the descriptor is
 * closed or names another file. A change that fails comes back as EV_ERROR at once, without waiting.
 *
 * Differences from BSD: fflags carries no socket error (Linux cannot read SO_ERROR without clearing it; it is left for the
 * application); EV_ADD of a stream socket that was never connected reports EPOLLHUP as EV_EOF; a regular file at its
 * end is looked at every 20 ms; EVFILT_VNODE/PROC/SIGNAL/SOCK give EINVAL; no fork handling.
 */
#define _GNU_SOURCE
#include "kqemu.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define NSEC 1000000000LL
#define FILE_POLL_NS 20000000LL
#define BUCKETS 4096
enum { R, W };

struct knote {
    struct knote *next;          /* hash chain */
    struct knote *lnext;         /* list of knotes that epoll does not watch: user, timer, regular file */
    struct kevent kev;           /* flags: EV_ONESHOT, EV_CLEAR, EV_DISPATCH as given when it was added */
    uint32_t gen;
    dev_t dev;
    ino_t ino;
    int armed;                   /* is in the inner epoll */
    int disabled;
    int listed;
    int is_file;
    int fired;                   /* user: triggered; file with EV_CLEAR: reported */
    int64_t due, period;         /* timer */
};

struct kq {
    struct kq *next;
    int fd, inner[2], evfd, turn;
    uint32_t gen;
    pthread_mutex_t mu;
    struct epoll_event *buf;
    int bufn;
    struct knote *table[BUCKETS];
    struct knote *listed;
};

static pthread_mutex_t all_mu = PTHREAD_MUTEX_INITIALIZER;
static struct kq *all;

static int64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * NSEC + t.tv_nsec;
}

static int watch(int ep, int fd, uint32_t events, uint64_t data) {
    struct epoll_event e = { .events = events, .data.u64 = data };
    return epoll_ctl(ep, EPOLL_CTL_ADD, fd, &e);
}

static unsigned bucket(uintptr_t ident, short filter) { return (unsigned) (ident * 31 + (unsigned) -filter) % BUCKETS; }

static struct knote *lookup(struct kq *q, uintptr_t ident, short filter) {
    struct knote *k = q->table[bucket(ident, filter)];
    while (k && (k->kev.ident != ident || k->kev.filter != filter)) k = k->next;
    return k;
}

static int inner_of(const struct knote *k) { return k->kev.filter == EVFILT_READ ? R : W; }
static uint64_t token(const struct knote *k) { return (uint64_t) k->gen << 32 | (uint32_t) k->kev.ident; }
static uint32_t mask_of(const struct knote *k) {
    return (k->kev.filter == EVFILT_READ ? EPOLLIN | EPOLLRDHUP : EPOLLOUT) | (k->kev.flags & EV_CLEAR ? EPOLLET : 0);
}
static void poke(struct kq *q) { eventfd_write(q->evfd, 1); }

static int arm(struct kq *q, struct knote *k) {
    if (k->is_file || k->listed || k->armed) return 0;
    if (watch(q->inner[inner_of(k)], (int) k->kev.ident, mask_of(k), token(k)) == 0) { k->armed = 1; return 0; }
    if (errno != EPERM) return -1;
    k->is_file = k->listed = 1;                                        /* a regular file or directory: always ready */
    k->lnext = q->listed;
    q->listed = k;
    return 0;
}

/* The descriptor was closed, but its open file has another one: only a new inner epoll removes the entry. */
static void rebuild(struct kq *q, int which) {
    close(q->inner[which]);
    q->inner[which] = epoll_create1(EPOLL_CLOEXEC);
    watch(q->fd, q->inner[which], EPOLLIN, which);
    for (int b = 0; b < BUCKETS; b++)
        for (struct knote *k = q->table[b]; k; k = k->next)
            if (k->armed && inner_of(k) == which) { k->armed = 0; arm(q, k); }
}

static void disarm(struct kq *q, struct knote *k, int alive) {
    if (!k->armed) return;
    k->armed = 0;
    if (alive) epoll_ctl(q->inner[inner_of(k)], EPOLL_CTL_DEL, (int) k->kev.ident, NULL);
}

static void drop(struct kq *q, struct knote *k, int alive) {
    disarm(q, k, alive);
    struct knote **p = &q->table[bucket(k->kev.ident, k->kev.filter)];
    while (*p != k) p = &(*p)->next;
    *p = k->next;
    if (k->listed) {
        p = &q->listed;
        while (*p != k) p = &(*p)->lnext;
        *p = k->lnext;
    }
    free(k);
}

/* 1: the knote's descriptor still names the file it was added for. */
static int alive(const struct knote *k, const struct stat *st) { return k->dev == st->st_dev && k->ino == st->st_ino; }

static int64_t timer_ns(const struct kevent *c) {
    int64_t d = c->data;
    return c->fflags & NOTE_SECONDS ? d * NSEC : c->fflags & NOTE_USECONDS ? d * 1000
        : c->fflags & NOTE_NSECONDS ? d : d * 1000000;
}

/* Applies one change; 0 or an errno. */
static int apply(struct kq *q, const struct kevent *c) {
    int fdfilter = c->filter == EVFILT_READ || c->filter == EVFILT_WRITE;
    if (!fdfilter && c->filter != EVFILT_USER && c->filter != EVFILT_TIMER) return EINVAL;
    struct knote *k = lookup(q, c->ident, c->filter);
    struct stat st;
    if (fdfilter) {
        if (fstat((int) c->ident, &st) != 0) {
            if (k) drop(q, k, 0);
            return EBADF;
        }
        if (k && !alive(k, &st)) { drop(q, k, 0); k = NULL; }
    }
    if (!k) {
        if (!(c->flags & EV_ADD)) return ENOENT;
        if (!(k = calloc(1, sizeof *k))) return ENOMEM;
        k->kev = *c;
        k->kev.flags = c->flags & (EV_ONESHOT | EV_CLEAR | EV_DISPATCH);
        k->kev.fflags = c->filter == EVFILT_USER ? c->fflags & NOTE_FFLAGSMASK : 0;
        k->gen = ++q->gen;
        k->disabled = (c->flags & EV_DISABLE) != 0;
        if (fdfilter) { k->dev = st.st_dev; k->ino = st.st_ino; }
        else { k->listed = 1; k->lnext = q->listed; q->listed = k; }
        struct knote **p = &q->table[bucket(c->ident, c->filter)];
        k->next = *p;
        *p = k;
        if (fdfilter && !k->disabled && arm(q, k) != 0) {
            int e = errno == EEXIST ? 0 : errno;
            if (e == 0) {                                               /* an entry of a dead knote whose file lives */
                rebuild(q, inner_of(k));
                e = arm(q, k) == 0 ? 0 : errno;
            }
            if (e) { drop(q, k, 0); return e; }
        }
    } else {
        if (c->flags & EV_DELETE) { drop(q, k, 1); return 0; }
        if (c->flags & EV_ADD || c->filter == EVFILT_USER) k->kev.udata = c->udata;
        if (c->flags & EV_DISABLE) { k->disabled = 1; disarm(q, k, 1); }
        else if (c->flags & EV_ENABLE) k->disabled = 0;
        if (fdfilter && !k->disabled) {
            if (k->armed && c->flags & EV_ADD) {                        /* checked again, as on BSD  */
                struct epoll_event e = { .events = mask_of(k), .data.u64 = token(k) };
                if (epoll_ctl(q->inner[inner_of(k)], EPOLL_CTL_MOD, (int) c->ident, &e) != 0) k->armed = 0;
            }
            if (c->flags & (EV_ADD | EV_ENABLE)) k->fired = 0;
            if (arm(q, k) != 0) return errno;
        }
    }
    if (c->flags & EV_DELETE) { drop(q, k, 1); return 0; }
    if (c->filter == EVFILT_USER) {
        unsigned ff = c->fflags & NOTE_FFLAGSMASK;
        switch (c->fflags & NOTE_FFCTRLMASK) {
            case NOTE_FFAND: k->kev.fflags &= ff; break;
            case NOTE_FFOR: k->kev.fflags |= ff; break;
            case NOTE_FFCOPY: k->kev.fflags = ff; break;
            default: break;
        }
        if (c->fflags & NOTE_TRIGGER) k->fired = 1;
    } else if (c->filter == EVFILT_TIMER && c->flags & EV_ADD) {
        k->period = timer_ns(c);
        k->due = now_ns() + k->period;
    }
    if (k->listed) poke(q);
    return 0;
}

static void fill(struct kevent *out, const struct knote *k) {
    *out = k->kev;
    out->data = 0;
}

/* After an event was written out. */
static void reported(struct kq *q, struct knote *k) {
    if (k->kev.flags & EV_ONESHOT) drop(q, k, 1);
    else if (k->kev.flags & EV_DISPATCH) { k->disabled = 1; disarm(q, k, 1); }
}

static void describe(struct kevent *out, const struct stat *st, uint32_t ev) {
    int fd = (int) out->ident, v = 0, isock = S_ISSOCK(st->st_mode);
    socklen_t n = sizeof v;
    struct tcp_info ti;
    socklen_t tn = sizeof ti;
    memset(&ti, 0, sizeof ti);
    int tcp = isock && getsockopt(fd, IPPROTO_TCP, TCP_INFO, &ti, &tn) == 0;
    if (ev & EPOLLERR) out->flags |= EV_EOF;
    if (out->filter == EVFILT_READ) {
        if (isock && getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &v, &n) == 0 && v) {
            out->data = tcp && ti.tcpi_unacked ? (intptr_t) ti.tcpi_unacked : 1;   /* the accept queue's length */
            return;
        }
        if (ev & (EPOLLRDHUP | EPOLLHUP)) out->flags |= EV_EOF;
        if (ioctl(fd, FIONREAD, &v) == 0) out->data = v;
    } else {
        if (ev & EPOLLHUP) out->flags |= EV_EOF;
        if (tcp && ti.tcpi_state != TCP_ESTABLISHED && ti.tcpi_state != TCP_CLOSE_WAIT
            && ti.tcpi_state != TCP_SYN_SENT && ti.tcpi_state != TCP_SYN_RECV) out->flags |= EV_EOF;
        if (out->flags & EV_EOF) return;
        int used = 0;
        if (isock && getsockopt(fd, SOL_SOCKET, SO_SNDBUF, &v, &n) == 0 && ioctl(fd, SIOCOUTQ, &used) == 0)
            out->data = v > used ? v - used : 1;
        else if (S_ISFIFO(st->st_mode) && (v = fcntl(fd, F_GETPIPE_SZ)) > 0 && ioctl(fd, FIONREAD, &used) == 0)
            out->data = v > used ? v - used : 1;
    }
}

static int gather_inner(struct kq *q, int which, struct kevent *out, int max) {
    if (max <= 0) return 0;
    if (q->bufn < max) {
        struct epoll_event *b = realloc(q->buf, sizeof *b * (size_t) max);
        if (!b) return 0;
        q->buf = b;
        q->bufn = max;
    }
    int n = 0, stale = 0, got = epoll_wait(q->inner[which], q->buf, max, 0);
    for (int i = 0; i < got; i++) {
        int fd = (int) (uint32_t) q->buf[i].data.u64;
        struct knote *k = lookup(q, (uintptr_t) fd, which == R ? EVFILT_READ : EVFILT_WRITE);
        struct stat st;
        int same = k && fstat(fd, &st) == 0 && alive(k, &st);
        if (!same || !k->armed || k->gen != (uint32_t) (q->buf[i].data.u64 >> 32)) {
            if (k && !same) drop(q, k, 0);
            stale = 1;
            continue;
        }
        fill(&out[n], k);
        describe(&out[n++], &st, q->buf[i].events);
        reported(q, k);
    }
    if (stale) rebuild(q, which);
    return n;
}

static int gather_listed(struct kq *q, struct kevent *out, int max, int64_t now, int64_t *next) {
    int n = 0;
    for (struct knote *k = q->listed, *nx; k && n < max; k = nx) {
        nx = k->lnext;
        if (k->disabled) continue;
        if (k->kev.filter == EVFILT_USER) {
            if (!k->fired) continue;
            fill(&out[n++], k);
            if (k->kev.flags & (EV_CLEAR | EV_DISPATCH)) k->fired = 0;
            if (k->kev.flags & EV_CLEAR) k->kev.fflags = 0;
        } else if (k->kev.filter == EVFILT_TIMER) {
            if (k->due > now) {
                if (k->due < *next) *next = k->due;
                continue;
            }
            fill(&out[n], k);
            out[n++].data = k->period > 0 ? 1 + (now - k->due) / k->period : 1;
            k->due = k->period > 0 ? k->due + k->period * (1 + (now - k->due) / k->period) : now + 1000000;
        } else {
            struct stat st;
            if (fstat((int) k->kev.ident, &st) != 0 || !alive(k, &st)) { drop(q, k, 0); continue; }
            intptr_t left = k->kev.filter == EVFILT_READ ? st.st_size - lseek((int) k->kev.ident, 0, SEEK_CUR) : 1;
            if (left <= 0 || (k->fired && k->kev.flags & EV_CLEAR)) {
                if (now + FILE_POLL_NS < *next) *next = now + FILE_POLL_NS;
                if (left <= 0) k->fired = 0;
                continue;
            }
            k->fired = 1;
            fill(&out[n], k);
            out[n++].data = k->kev.filter == EVFILT_READ ? left : 0;
        }
        reported(q, k);
    }
    return n;
}

static struct kq *find(int fd) {
    pthread_mutex_lock(&all_mu);
    struct kq *q = all;
    while (q && q->fd != fd) q = q->next;
    pthread_mutex_unlock(&all_mu);
    return q;
}

/* The close of a kqueue's descriptor is not reported. Afterwards it has no eventfd, or is another file's number. */
static void sweep(struct kq *q) {
    if (q->evfd < 0 || pthread_mutex_trylock(&q->mu) != 0) return;
    struct epoll_event e = { .events = EPOLLIN, .data.u64 = 2 };
    if (epoll_ctl(q->fd, EPOLL_CTL_MOD, q->evfd, &e) != 0) {
        for (int b = 0; b < BUCKETS; b++) while (q->table[b]) drop(q, q->table[b], 0);
        close(q->inner[R]);
        close(q->inner[W]);
        close(q->evfd);
        q->inner[R] = q->inner[W] = q->evfd = -1;
    }
    pthread_mutex_unlock(&q->mu);
}

static void *sweeper(void *unused) {
    (void) unused;
    for (;;) {
        struct timespec pause = { 0, 5000000 };
        nanosleep(&pause, NULL);
        pthread_mutex_lock(&all_mu);
        for (struct kq *q = all; q; q = q->next) sweep(q);
        pthread_mutex_unlock(&all_mu);
    }
    return NULL;
}

static void start_sweeper(void) {
    pthread_t t;
    if (pthread_create(&t, NULL, sweeper, NULL) == 0) pthread_detach(t);
}

int kqueue(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, start_sweeper);
    int fd = epoll_create1(EPOLL_CLOEXEC);
    if (fd < 0) return -1;
    struct kq *q = find(fd);                                            /* a closed kqueue had this number: take over */
    if (q) {
        pthread_mutex_lock(&q->mu);
        for (int b = 0; b < BUCKETS; b++) while (q->table[b]) drop(q, q->table[b], 0);
        if (q->evfd >= 0) {
            close(q->inner[R]);
            close(q->inner[W]);
            close(q->evfd);
        }
    } else {
        if (!(q = calloc(1, sizeof *q))) { close(fd); errno = ENOMEM; return -1; }
        q->evfd = -1;
        pthread_mutex_init(&q->mu, NULL);
        pthread_mutex_lock(&q->mu);
        pthread_mutex_lock(&all_mu);
        q->fd = fd;
        q->next = all;
        all = q;
        pthread_mutex_unlock(&all_mu);
    }
    q->inner[R] = epoll_create1(EPOLL_CLOEXEC);
    q->inner[W] = epoll_create1(EPOLL_CLOEXEC);
    q->evfd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    int bad = q->inner[R] < 0 || q->inner[W] < 0 || q->evfd < 0
        || watch(fd, q->inner[R], EPOLLIN, R) || watch(fd, q->inner[W], EPOLLIN, W) || watch(fd, q->evfd, EPOLLIN, 2);
    if (bad) {
        close(q->inner[R]);
        close(q->inner[W]);
        close(q->evfd);
        q->inner[R] = q->inner[W] = q->evfd = -1;
    }
    pthread_mutex_unlock(&q->mu);
    if (bad) { close(fd); errno = EMFILE; return -1; }
    return fd;
}

int kevent(int kqfd, const struct kevent *changes, int nchanges, struct kevent *events, int nevents,
           const struct timespec *timeout) {
    struct kq *q = find(kqfd);
    if (!q || fcntl(kqfd, F_GETFD) < 0) { errno = EBADF; return -1; }
    if (nchanges < 0 || nevents < 0) { errno = EINVAL; return -1; }
    pthread_mutex_lock(&q->mu);
    int n = 0;
    for (int i = 0; i < nchanges; i++) {
        struct kevent c = changes[i];                                   /* changes and events may be one array */
        int e = apply(q, &c);
        if (e == 0 && !(c.flags & EV_RECEIPT)) continue;
        if (n == nevents) {
            if (e == 0) continue;
            pthread_mutex_unlock(&q->mu);
            errno = e;
            return -1;
        }
        events[n] = c;
        events[n].flags |= EV_ERROR;
        events[n++].data = e;
    }
    if (n > 0 || nevents == 0) { pthread_mutex_unlock(&q->mu); return n; }
    int64_t end = timeout ? now_ns() + timeout->tv_sec * NSEC + timeout->tv_nsec : INT64_MAX;
    for (;;) {
        eventfd_t drained;
        eventfd_read(q->evfd, &drained);
        int64_t now = now_ns(), next = end;
        n = gather_listed(q, events, nevents, now, &next);
        int first = q->turn ^= 1;                                       /* neither filter starves the other */
        n += gather_inner(q, first, events + n, nevents - n);
        n += gather_inner(q, first ^ 1, events + n, nevents - n);
        if (n > 0 || now >= end) break;
        pthread_mutex_unlock(&q->mu);
        struct epoll_event e;
        int64_t ns = next - now;
        struct timespec ts = { ns / NSEC, ns % NSEC };
        int r = epoll_pwait2(kqfd, &e, 1, next == INT64_MAX ? NULL : &ts, NULL);
        if (r < 0) return -1;                                           /* EINTR; EBADF once closed */
        pthread_mutex_lock(&q->mu);
    }
    pthread_mutex_unlock(&q->mu);
    return n;
}
