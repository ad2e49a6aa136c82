// SPDX-License-Identifier: Apache-2.0
/* A small kqueue(2)/kevent(2) for Linux, written for tests. See kqemu.c. */
#ifndef KQEMU_H
#define KQEMU_H
#include <stdint.h>
#include <time.h>

/* Layout and values are those of 64-bit macOS and FreeBSD (EVFILT_USER: FreeBSD's -11; macOS has -10). */
struct kevent {
    uintptr_t      ident;
    short          filter;
    unsigned short flags;
    unsigned int   fflags;
    intptr_t       data;
    void          *udata;
};
#define EV_SET(kp, i, f, fl, ff, d, u) do { struct kevent *kp_ = (kp); kp_->ident = (i); kp_->filter = (f); \
    kp_->flags = (fl); kp_->fflags = (ff); kp_->data = (d); kp_->udata = (u); } while (0)

#define EVFILT_READ   (-1)
#define EVFILT_WRITE  (-2)
#define EVFILT_TIMER  (-7)
#define EVFILT_USER   (-11)

#define EV_ADD        0x0001
#define EV_DELETE     0x0002
#define EV_ENABLE     0x0004
#define EV_DISABLE    0x0008
#define EV_ONESHOT    0x0010
#define EV_CLEAR      0x0020
#define EV_RECEIPT    0x0040
#define EV_DISPATCH   0x0080
#define EV_ERROR      0x4000
#define EV_EOF        0x8000

#define NOTE_TRIGGER     0x01000000
#define NOTE_FFNOP       0x00000000
#define NOTE_FFAND       0x40000000
#define NOTE_FFOR        0x80000000
#define NOTE_FFCOPY      0xc0000000
#define NOTE_FFCTRLMASK  0xc0000000
#define NOTE_FFLAGSMASK  0x00ffffff
#define NOTE_SECONDS     0x0001
#define NOTE_USECONDS    0x0002
#define NOTE_NSECONDS    0x0004

int kqueue(void);
int kevent(int kq, const struct kevent *changes, int nchanges, struct kevent *events, int nevents,
           const struct timespec *timeout);
#endif
