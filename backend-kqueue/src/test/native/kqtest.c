// SPDX-License-Identifier: Apache-2.0
// Checks a kqueue against the documentation of macOS and FreeBSD. POLITE=1: EV_DELETE before every close.
#include "kqemu.h"
#include <sys/socket.h>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <errno.h>
#include <fcntl.h>
#include <time.h>
#include <pthread.h>
static int fails=0;
#define CK(c, ...) do{ int _c=(c); printf("%s  ", _c?"ok  ":"FAIL"); printf(__VA_ARGS__); printf("\n"); if(!_c) fails++; }while(0)
static int chg(int kq,int id,int f,int fl,unsigned ff,long ud){ struct kevent k; EV_SET(&k,id,f,fl,ff,0,(void*)ud); errno=0; return kevent(kq,&k,1,NULL,0,NULL)<0? -errno:0;}
static int wt(int kq, struct kevent*ev,int n,int ms){ struct timespec ts={ms/1000,(ms%1000)*1000000L}; return kevent(kq,NULL,0,ev,n,&ts);}
static struct kevent* find(struct kevent*ev,int n,int id,int f){ for(int i=0;i<n;i++) if((int)ev[i].ident==id&&ev[i].filter==f) return &ev[i]; return 0;}
static int polite; static void bye(int kq,int fd){ if(polite){ chg(kq,fd,EVFILT_READ,EV_DELETE,0,0); chg(kq,fd,EVFILT_WRITE,EV_DELETE,0,0);} close(fd);}
static void pair(int s[2]){ // tcp pair
  int l=socket(AF_INET,SOCK_STREAM,0); struct sockaddr_in a={.sin_family=AF_INET,.sin_addr.s_addr=htonl(INADDR_LOOPBACK)}; socklen_t al=sizeof a;
  bind(l,(void*)&a,al); listen(l,8); getsockname(l,(void*)&a,&al); s[0]=socket(AF_INET,SOCK_STREAM,0); connect(s[0],(void*)&a,al); s[1]=accept(l,0,0); close(l);
  fcntl(s[0],F_SETFL,O_NONBLOCK); fcntl(s[1],F_SETFL,O_NONBLOCK);}
static void* trig(void*p){ usleep(100000); int kq=*(int*)p; struct kevent k; EV_SET(&k,0,EVFILT_USER,0,NOTE_TRIGGER,0,0); kevent(kq,&k,1,0,0,0); return 0;}
int main(){ struct kevent ev[2048]; struct kevent *e; int n,s[2],r; int kq=kqueue(); polite=getenv("POLITE")!=0; char b[65536]={0};
  // 1 level triggered read
  pair(s); r=chg(kq,s[0],EVFILT_READ,EV_ADD|EV_ENABLE,0,11); write(s[1],"abc",3); n=wt(kq,ev,8,500); e=find(ev,n,s[0],EVFILT_READ);
  CK(r==0&&n==1&&e&&e->data==3&&(long)e->udata==11&&!(e->flags&EV_EOF),"read level: n=%d data=%ld",n,e?(long)e->data:-1);
  n=wt(kq,ev,8,50); CK(n==1,"read level re-reported n=%d",n);
  // 2 re-add with new udata
  r=chg(kq,s[0],EVFILT_READ,EV_ADD|EV_ENABLE,0,12); n=wt(kq,ev,8,50); e=find(ev,n,s[0],EVFILT_READ);
  CK(r==0&&e&&(long)e->udata==12,"EV_ADD again on an existing knote is accepted, udata replaced: r=%d udata=%ld",r,e?(long)e->udata:-1);
  // 3 disable/enable
  r=chg(kq,s[0],EVFILT_READ,EV_DISABLE,0,12); n=wt(kq,ev,8,50); CK(r==0&&n==0,"EV_DISABLE mutes r=%d n=%d",r,n);
  r=chg(kq,s[0],EVFILT_READ,EV_ENABLE,0,12); n=wt(kq,ev,8,50); CK(r==0&&n==1,"EV_ENABLE unmutes r=%d n=%d",r,n);
  // 4 separate filters: write added does not disturb read; two events
  r=chg(kq,s[0],EVFILT_WRITE,EV_ADD|EV_ENABLE,0,13); n=wt(kq,ev,8,50); CK(r==0&&n==2&&find(ev,n,s[0],EVFILT_READ)&&find(ev,n,s[0],EVFILT_WRITE),"read+write give two events n=%d",n);
  e=find(ev,n,s[0],EVFILT_WRITE); CK(e&&(long)e->udata==13&&e->data>1000,"write udata and data=free space: %ld",e?(long)e->data:-1);
  r=chg(kq,s[0],EVFILT_WRITE,EV_DELETE|EV_DISABLE,0,0); n=wt(kq,ev,8,50); CK(r==0&&n==1,"EV_DELETE|EV_DISABLE write, read stays r=%d n=%d",r,n);
  r=chg(kq,s[0],EVFILT_WRITE,EV_DELETE,0,0); CK(r==-ENOENT,"EV_DELETE of absent knote ENOENT r=%d",r);
  // 5 half close: data then EOF
  shutdown(s[1],SHUT_WR); n=wt(kq,ev,8,100); e=find(ev,n,s[0],EVFILT_READ); CK(e&&(e->flags&EV_EOF)&&e->data==3,"peer FIN with unread data: EV_EOF with data=%ld",e?(long)e->data:-1);
  read(s[0],b,100); n=wt(kq,ev,8,100); e=find(ev,n,s[0],EVFILT_READ); CK(e&&(e->flags&EV_EOF)&&e->data==0,"EOF keeps reporting, data=0");
  r=chg(kq,s[0],EVFILT_WRITE,EV_ADD,0,0); n=wt(kq,ev,8,50); e=find(ev,n,s[0],EVFILT_WRITE); CK(e&&!(e->flags&EV_EOF),"write filter not EOF on peer half close");
  shutdown(s[0],SHUT_WR); n=wt(kq,ev,8,50); e=find(ev,n,s[0],EVFILT_WRITE); CK(e&&(e->flags&EV_EOF),"write filter EOF after own shutdown(WR)");
  bye(kq,s[0]); bye(kq,s[1]); n=wt(kq,ev,8,30); CK(n==0,"closed fd reports nothing n=%d",n);
  // 6 own half close only
  pair(s); shutdown(s[0],SHUT_WR); r=chg(kq,s[0],EVFILT_WRITE,EV_ADD,0,0); n=wt(kq,ev,8,50); e=find(ev,n,s[0],EVFILT_WRITE); CK(e&&(e->flags&EV_EOF),"write EOF after own shutdown(WR), peer open n=%d",n);
  bye(kq,s[0]);bye(kq,s[1]);
  // 7 EV_CLEAR
  pair(s); chg(kq,s[0],EVFILT_READ,EV_ADD|EV_CLEAR,0,1); write(s[1],"a",1); n=wt(kq,ev,8,100); CK(n==1,"EV_CLEAR first n=%d",n); n=wt(kq,ev,8,50); CK(n==0,"EV_CLEAR no repeat n=%d",n);
  write(s[1],"b",1); n=wt(kq,ev,8,100); e=find(ev,n,s[0],EVFILT_READ); CK(n==1&&e->data==2,"EV_CLEAR new data n=%d",n);
  r=chg(kq,s[0],EVFILT_READ,EV_ADD|EV_CLEAR,0,1); n=wt(kq,ev,8,50); CK(r==0&&n==1,"EV_ADD again re-evaluates and reports r=%d n=%d",r,n);
  // EV_CLEAR with both filters: adding write must not re-report read edge... (BSD: separate knotes)
  r=chg(kq,s[0],EVFILT_WRITE,EV_ADD|EV_CLEAR,0,2); n=wt(kq,ev,8,50); CK(n==1&&find(ev,n,s[0],EVFILT_WRITE),"EV_CLEAR: adding write gives only the write event n=%d",n);
  write(s[1],"c",1); n=wt(kq,ev,8,100); CK(n==1&&find(ev,n,s[0],EVFILT_READ),"EV_CLEAR: new data gives only the read event n=%d",n);
  bye(kq,s[0]);bye(kq,s[1]);
  // 8 oneshot, dispatch
  pair(s); chg(kq,s[0],EVFILT_READ,EV_ADD|EV_ONESHOT,0,1); write(s[1],"a",1); n=wt(kq,ev,8,100); int n2=wt(kq,ev,8,50); r=chg(kq,s[0],EVFILT_READ,EV_DELETE,0,1); CK(n==1&&n2==0&&r==-ENOENT,"EV_ONESHOT once then gone %d %d %d",n,n2,r);
  chg(kq,s[0],EVFILT_READ,EV_ADD|EV_DISPATCH,0,1); n=wt(kq,ev,8,100); n2=wt(kq,ev,8,50); r=chg(kq,s[0],EVFILT_READ,EV_ENABLE,0,1); int n3=wt(kq,ev,8,50); CK(n==1&&n2==0&&r==0&&n3==1,"EV_DISPATCH %d %d %d %d",n,n2,r,n3);
  chg(kq,s[0],EVFILT_READ,EV_DELETE,0,1);
  r=chg(kq,s[0],EVFILT_READ,EV_ADD|EV_DISABLE,0,1); n=wt(kq,ev,8,50); CK(r==0&&n==0,"EV_ADD|EV_DISABLE silent r=%d n=%d",r,n);
  bye(kq,s[0]);bye(kq,s[1]);
  // 9 fd reuse without delete
  pair(s); chg(kq,s[0],EVFILT_READ,EV_ADD|EV_ENABLE,0,21); int old=s[0]; close(s[0]); close(s[1]); pair(s); int mine=s[0]==old?s[0]:s[1], peer=s[0]==old?s[1]:s[0];
  if(mine!=old){ dup2(mine,old); close(mine); mine=old; }
  r=chg(kq,mine,EVFILT_READ,EV_ADD|EV_ENABLE,0,22); write(peer,"zz",2); n=wt(kq,ev,8,200); e=find(ev,n,mine,EVFILT_READ); CK(r==0&&e&&(long)e->udata==22,"fd closed without EV_DELETE and reused: new knote works r=%d n=%d udata=%ld",r,n,e?(long)e->udata:-1);
  close(mine); r=chg(kq,mine,EVFILT_READ,EV_DELETE,0,0); CK(r==-EBADF||r==-ENOENT,"EV_DELETE on a closed fd: EBADF/ENOENT r=%d",r);
  r=chg(kq,mine,EVFILT_READ,EV_ADD,0,0); CK(r==-EBADF,"EV_ADD on a closed fd EBADF r=%d",r); close(peer);
  // 10 error + wait: error entries returned at once
  struct kevent c; EV_SET(&c,999,EVFILT_READ,EV_DELETE,0,0,0); struct timespec t0,t1,ts={0,400000000}; clock_gettime(CLOCK_MONOTONIC,&t0); n=kevent(kq,&c,1,ev,8,&ts); clock_gettime(CLOCK_MONOTONIC,&t1);
  long ms=(t1.tv_sec-t0.tv_sec)*1000+(t1.tv_nsec-t0.tv_nsec)/1000000; CK(n==1&&(ev[0].flags&EV_ERROR)&&(ev[0].data==EBADF||ev[0].data==ENOENT)&&ms<100,"change error comes back as EV_ERROR at once: n=%d data=%ld after %ld ms",n,n>0?(long)ev[0].data:-1,ms);
  // 11 user event
  chg(kq,0,EVFILT_USER,EV_ADD|EV_ENABLE|EV_CLEAR,NOTE_FFNOP,0); pthread_t th; pthread_create(&th,0,trig,&kq); clock_gettime(CLOCK_MONOTONIC,&t0); n=wt(kq,ev,8,3000); clock_gettime(CLOCK_MONOTONIC,&t1); pthread_join(th,0);
  ms=(t1.tv_sec-t0.tv_sec)*1000+(t1.tv_nsec-t0.tv_nsec)/1000000; CK(n==1&&ev[0].filter==EVFILT_USER&&ms<1000,"EVFILT_USER wakes a blocked wait from another thread n=%d %ld ms",n,ms); n=wt(kq,ev,8,30); CK(n==0,"EVFILT_USER EV_CLEAR consumed n=%d",n);
  trig(&kq); trig(&kq); n=wt(kq,ev,8,30); n2=wt(kq,ev,8,30); CK(n==1&&n2==0,"two triggers coalesce, trigger before wait is kept %d %d",n,n2);
  // 12 connection refused
  int l=socket(AF_INET,SOCK_STREAM,0); struct sockaddr_in a={.sin_family=AF_INET,.sin_addr.s_addr=htonl(INADDR_LOOPBACK)}; socklen_t al=sizeof a; bind(l,(void*)&a,al); getsockname(l,(void*)&a,&al); bye(kq,l);
  int f=socket(AF_INET,SOCK_STREAM,0); fcntl(f,F_SETFL,O_NONBLOCK); r=connect(f,(void*)&a,al); chg(kq,f,EVFILT_WRITE,EV_ADD,0,5); n=wt(kq,ev,8,500); e=find(ev,n,f,EVFILT_WRITE); int se=0; socklen_t sl=sizeof se; 
  CK(e&&(e->flags&EV_EOF),"refused connect: write filter EV_EOF n=%d",n); CK(e&&e->fflags==ECONNREFUSED,"  fflags=ECONNREFUSED: %u",e?e->fflags:0); getsockopt(f,SOL_SOCKET,SO_ERROR,&se,&sl); CK(se==ECONNREFUSED,"  SO_ERROR still there for the application: %d",se); bye(kq,f);
  // 13 RST
  pair(s); chg(kq,s[0],EVFILT_READ,EV_ADD,0,5); struct linger lg={1,0}; setsockopt(s[1],SOL_SOCKET,SO_LINGER,&lg,sizeof lg); bye(kq,s[1]); n=wt(kq,ev,8,300); e=find(ev,n,s[0],EVFILT_READ); CK(e&&(e->flags&EV_EOF),"RST: read EV_EOF"); CK(e&&e->fflags==ECONNRESET,"  fflags=ECONNRESET: %u",e?e->fflags:0); r=read(s[0],b,1); CK(r<0&&errno==ECONNRESET,"  read() still fails ECONNRESET r=%d errno=%d",r,r<0?errno:0); bye(kq,s[0]);
  // 14 many changes
  { enum{N=1500}; int p[N][2]; struct kevent cl[N]; int i; for(i=0;i<N;i++){ if(pipe(p[i])){perror("pipe");exit(1);} EV_SET(&cl[i],p[i][0],EVFILT_READ,EV_ADD,0,0,(void*)(long)i); write(p[i][1],"x",1);} struct timespec z={0,0}; n=kevent(kq,cl,N,ev,2048,&z); CK(n==N,"1500 changes and 1500 events in one call n=%d errno=%d",n,n<0?errno:0); 
    for(i=0;i<N;i++){ cl[i].flags=EV_DELETE; } int got=kevent(kq,cl,N,ev,2048,&z); CK(got==0,"1500 deletes n=%d",got); for(i=0;i<N;i++){bye(kq,p[i][0]);close(p[i][1]);} }
  // 15 pipe EOF, regular file
  int p[2]; pipe(p); chg(kq,p[0],EVFILT_READ,EV_ADD,0,0); close(p[1]); n=wt(kq,ev,8,100); CK(n==1&&(ev[0].flags&EV_EOF),"pipe writer closed: EV_EOF"); bye(kq,p[0]);
  f=open("/proc/self/exe",O_RDONLY); r=chg(kq,f,EVFILT_READ,EV_ADD,0,0); n=wt(kq,ev,8,50); CK(r==0&&n==1&&ev[0].data>1000,"vnode: regular file readable, data=offset to end %ld",n>0?(long)ev[0].data:-1); lseek(f,0,SEEK_END); n=wt(kq,ev,8,50); CK(n==0,"vnode at EOF: no event n=%d",n); bye(kq,f);
  // 16 listening
  l=socket(AF_INET,SOCK_STREAM,0); al=sizeof a; a.sin_port=0; bind(l,(void*)&a,al); listen(l,8); getsockname(l,(void*)&a,&al); chg(kq,l,EVFILT_READ,EV_ADD,0,0); int q[3]; for(int i=0;i<3;i++){q[i]=socket(AF_INET,SOCK_STREAM,0); connect(q[i],(void*)&a,al);} n=wt(kq,ev,8,100); CK(n==1&&!(ev[0].flags&EV_EOF)&&ev[0].data>=1,"listener: data=backlog (3 on BSD): %ld",(long)ev[0].data); bye(kq,l);
  // 17 timer
  struct kevent tk; EV_SET(&tk,77,EVFILT_TIMER,EV_ADD|EV_ONESHOT,0,50,0); r=kevent(kq,&tk,1,0,0,0); n=wt(kq,ev,8,500); CK(r==0&&n==1&&ev[0].filter==EVFILT_TIMER,"EVFILT_TIMER oneshot n=%d",n);
  // 18 bad filter
  r=chg(kq,1,0,EV_ADD,0,0); CK(r==-EINVAL,"filter 0 EINVAL r=%d",r);
  // 19 timeout of 1ns..: not spin
  printf("fails=%d\n",fails); return 0; }
