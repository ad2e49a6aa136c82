// SPDX-License-Identifier: Apache-2.0
/*
 * The native methods of io.netty.channel.kqueue (Netty 4.2) for Linux, over kqemu.c. For tests of code that uses Netty's kqueue transport where there is no BSD.
 *
 * The methods are found by their JNI names, so the library is loaded with System.load by any class of Netty's class
 * loader before io.netty.channel.kqueue.Native is initialized: Native then calls sizeofKEvent(), succeeds, and looks
 * neither for a library nor at os.name. io.netty.channel.unix gets its natives from Netty's own epoll library
 * (netty-transport-native-epoll, classifier linux-x86_64), which registerUnix() below makes load itself.
 */
#define _GNU_SOURCE
#include <jni.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <time.h>
#include "kqemu.h"

#define NAT(ret, name) JNIEXPORT ret JNICALL Java_io_netty_channel_kqueue_Native_##name
#define STA(ret, name) JNIEXPORT ret JNICALL Java_io_netty_channel_kqueue_KQueueStaticallyReferencedJniMethods_##name
#define ARR(ret, name) JNIEXPORT ret JNICALL Java_io_netty_channel_kqueue_KQueueEventArray_##name
#define BSD(ret, name) JNIEXPORT ret JNICALL Java_io_netty_channel_kqueue_BsdSocket_##name
#define UNUSED (void) env; (void) cls
#define CONST(KIND, ret, name, value) KIND(ret, name)(JNIEnv *env, jclass cls) { UNUSED; return (ret) (value); }

static void fail(JNIEnv *env, const char *cls, const char *what, int err) {
    char msg[160];
    snprintf(msg, sizeof msg, "%s: %s", what, strerror(err));
    jclass c = (*env)->FindClass(env, cls);
    if (c) (*env)->ThrowNew(env, c, msg);
}
#define IOEX "java/io/IOException"

/* ---- constants ---- */
CONST(STA, jshort, evAdd, EV_ADD)
CONST(STA, jshort, evEnable, EV_ENABLE)
CONST(STA, jshort, evDisable, EV_DISABLE)
CONST(STA, jshort, evDelete, EV_DELETE)
CONST(STA, jshort, evClear, EV_CLEAR)
CONST(STA, jshort, evEOF, EV_EOF)
CONST(STA, jshort, evError, EV_ERROR)
CONST(STA, jshort, evfiltRead, EVFILT_READ)
CONST(STA, jshort, evfiltWrite, EVFILT_WRITE)
CONST(STA, jshort, evfiltUser, EVFILT_USER)
/* As Netty builds them where there is no EVFILT_SOCK (all but macOS). */
CONST(STA, jshort, evfiltSock, 0)
CONST(STA, jshort, noteReadClosed, 0)
CONST(STA, jshort, noteConnReset, 0)
CONST(STA, jshort, noteDisconnected, 0)
CONST(STA, jint, connectResumeOnReadWrite, 0)
CONST(STA, jint, connectDataIdempotent, 0)
CONST(STA, jint, fastOpenClient, 0)
CONST(STA, jint, fastOpenServer, 0)

CONST(NAT, jint, sizeofKEvent, sizeof(struct kevent))
CONST(NAT, jint, offsetofKEventIdent, offsetof(struct kevent, ident))
CONST(NAT, jint, offsetofKEventFlags, offsetof(struct kevent, flags))
CONST(NAT, jint, offsetofKEventFFlags, offsetof(struct kevent, fflags))
CONST(NAT, jint, offsetofKEventFilter, offsetof(struct kevent, filter))
CONST(NAT, jint, offsetofKeventData, offsetof(struct kevent, data))
CONST(NAT, jint, offsetofKeventUdata, offsetof(struct kevent, udata))

/* ---- Native ---- */
NAT(jint, registerUnix)(JNIEnv *env, jclass cls) {
    (void) cls;
    jclass epoll = (*env)->FindClass(env, "io/netty/channel/epoll/Epoll");          /* found and initialized */
    if (!epoll) return -1;                                                          /* NoClassDefFoundError pends */
    jmethodID m = (*env)->GetStaticMethodID(env, epoll, "ensureAvailability", "()V");
    if (m) (*env)->CallStaticVoidMethod(env, epoll, m);
    return (*env)->ExceptionCheck(env) ? -1 : 0;
}

NAT(jint, kqueueCreate)(JNIEnv *env, jclass cls) {
    (void) cls;
    int fd = kqueue();
    if (fd < 0) fail(env, "io/netty/channel/ChannelException", "kqueue()", errno);
    return fd;
}

static jint one(int kq, uintptr_t ident, unsigned short flags, unsigned fflags) {
    struct kevent k;
    EV_SET(&k, ident, EVFILT_USER, flags, fflags, 0, NULL);
    int r = kevent(kq, &k, 1, NULL, 0, NULL);
    return r >= 0 || errno == EINTR ? 0 : -errno;
}

NAT(jint, keventTriggerUserEvent)(JNIEnv *env, jclass cls, jint kq, jint ident) {
    UNUSED;
    return one(kq, (uintptr_t) ident, 0, NOTE_TRIGGER | NOTE_FFNOP);
}

NAT(jint, keventAddUserEvent)(JNIEnv *env, jclass cls, jint kq, jint ident) {
    UNUSED;
    return one(kq, (uintptr_t) ident, EV_ADD | EV_ENABLE | EV_CLEAR, NOTE_FFNOP);
}

NAT(jint, keventWait)(JNIEnv *env, jclass cls, jint kq, jlong changes, jint nchanges, jlong events, jint nevents,
                      jint sec, jint nsec) {
    UNUSED;
    struct timespec end, left = { sec, nsec };
    clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_sec += sec;
    end.tv_nsec += nsec;
    for (;;) {
        int r = kevent(kq, (const struct kevent *) changes, nchanges, (struct kevent *) events, nevents, &left);
        if (r >= 0) return r;
        if (errno != EINTR) return -errno;
        nchanges = 0;                                                   /* they have been applied */
        clock_gettime(CLOCK_MONOTONIC, &left);
        long long ns = (end.tv_sec - left.tv_sec) * 1000000000LL + end.tv_nsec - left.tv_nsec;
        if (ns < 0) ns = 0;
        left.tv_sec = ns / 1000000000LL;
        left.tv_nsec = ns % 1000000000LL;
    }
}

/* ---- KQueueEventArray ---- */
ARR(void, evSet)(JNIEnv *env, jclass cls, jlong address, jint ident, jshort filter, jshort flags, jint fflags,
                 jlong data, jlong udata) {
    UNUSED;
    EV_SET((struct kevent *) address, (uintptr_t) (unsigned) ident, filter, (unsigned short) flags, (unsigned) fflags,
           (intptr_t) data, (void *) udata);
}

/* ---- BsdSocket ---- */
BSD(jlong, sendFile)(JNIEnv *env, jclass cls, jint fd, jobject region, jlong base, jlong off, jlong len) {
    (void) cls;
    jclass rc = (*env)->GetObjectClass(env, region);
    jfieldID file = (*env)->GetFieldID(env, rc, "file", "Ljava/nio/channels/FileChannel;");
    jfieldID moved = file ? (*env)->GetFieldID(env, rc, "transferred", "J") : NULL;
    jobject ch = moved ? (*env)->GetObjectField(env, region, file) : NULL;
    jfieldID fdf = ch ? (*env)->GetFieldID(env, (*env)->GetObjectClass(env, ch), "fd", "Ljava/io/FileDescriptor;") : NULL;
    jobject fdo = fdf ? (*env)->GetObjectField(env, ch, fdf) : NULL;
    jfieldID n = fdo ? (*env)->GetFieldID(env, (*env)->GetObjectClass(env, fdo), "fd", "I") : NULL;
    if (!n) { (*env)->ExceptionClear(env); return -EINVAL; }
    off_t at = (off_t) (base + off);
    ssize_t r;
    do r = sendfile(fd, (*env)->GetIntField(env, fdo, n), &at, (size_t) len); while (r < 0 && errno == EINTR);
    if (r < 0) return -errno;
    (*env)->SetLongField(env, region, moved, (*env)->GetLongField(env, region, moved) + r);
    return r;
}

BSD(jint, connectx)(JNIEnv *env, jclass cls, jint fd, jint sif, jboolean s6, jbyteArray sa, jint ssc, jint sp,
                    jboolean d6, jbyteArray da, jint dsc, jint dp, jint flags, jlong iov, jint cnt, jint len) {
    UNUSED; (void) fd; (void) sif; (void) s6; (void) sa; (void) ssc; (void) sp; (void) d6; (void) da; (void) dsc;
    (void) dp; (void) flags; (void) iov; (void) cnt; (void) len;
    return -EOPNOTSUPP;
}

static jint get(JNIEnv *env, int fd, int level, int opt, const char *what) {
    int v = 0;
    socklen_t n = sizeof v;
    if (getsockopt(fd, level, opt, &v, &n) != 0) fail(env, IOEX, what, errno);
    return v;
}

static void set(JNIEnv *env, int fd, int level, int opt, int v, const char *what) {
    if (setsockopt(fd, level, opt, &v, sizeof v) != 0) fail(env, IOEX, what, errno);
}

BSD(jint, getTcpNoPush)(JNIEnv *env, jclass cls, jint fd) { (void) cls; return get(env, fd, IPPROTO_TCP, TCP_CORK, "TCP_NOPUSH"); }
BSD(void, setTcpNoPush)(JNIEnv *env, jclass cls, jint fd, jint v) { (void) cls; set(env, fd, IPPROTO_TCP, TCP_CORK, v, "TCP_NOPUSH"); }
BSD(jint, getSndLowAt)(JNIEnv *env, jclass cls, jint fd) { (void) cls; return get(env, fd, SOL_SOCKET, SO_SNDLOWAT, "SO_SNDLOWAT"); }
BSD(void, setSndLowAt)(JNIEnv *env, jclass cls, jint fd, jint v) { UNUSED; (void) fd; (void) v; /* fixed on Linux */ }
BSD(jint, isTcpFastOpen)(JNIEnv *env, jclass cls, jint fd) { UNUSED; (void) fd; return 0; }
BSD(void, setTcpFastOpen)(JNIEnv *env, jclass cls, jint fd, jint v) { UNUSED; (void) fd; (void) v; }
BSD(jobjectArray, getAcceptFilter)(JNIEnv *env, jclass cls, jint fd) { UNUSED; (void) fd; return NULL; }
BSD(void, setAcceptFilter)(JNIEnv *env, jclass cls, jint fd, jstring a, jstring b) {
    (void) cls; (void) fd; (void) a; (void) b;
    fail(env, IOEX, "SO_ACCEPTFILTER", EOPNOTSUPP);
}

BSD(jobject, getPeerCredentials)(JNIEnv *env, jclass cls, jint fd) {
    (void) cls;
    struct ucred u;
    socklen_t n = sizeof u;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &u, &n) != 0) { fail(env, IOEX, "SO_PEERCRED", errno); return NULL; }
    jclass pc = (*env)->FindClass(env, "io/netty/channel/unix/PeerCredentials");
    jmethodID m = pc ? (*env)->GetMethodID(env, pc, "<init>", "(II[I)V") : NULL;
    if (!m) return NULL;
    jintArray g = (*env)->NewIntArray(env, 1);
    jint gid = (jint) u.gid;
    if (!g) return NULL;
    (*env)->SetIntArrayRegion(env, g, 0, 1, &gid);
    return (*env)->NewObject(env, pc, m, (jint) u.pid, (jint) u.uid, g);
}
