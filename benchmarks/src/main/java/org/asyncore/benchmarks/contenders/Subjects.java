// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.kqueue.KQueue;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.asyncore.InterestPolicy;
import org.asyncore.Loop;
import org.asyncore.LoopBuilder;
import org.asyncore.spi.Backend;
import org.jspecify.annotations.Nullable;

/** The values of the parameter {@code subject}: {@code POLLER/VARIANT} is ours, and any other is a baseline. */
public final class Subjects {
    private Subjects() {}

    /** Returns the reason why a subject cannot run on this host, or null if it can. */
    public static @Nullable String unavailability(String subject) {
        Throwable cause = switch (poller(subject)) {
            case "netty-epoll" -> Epoll.unavailabilityCause();
            case "netty-kqueue" -> KQueue.unavailabilityCause();
            case "epoll", "kqueue", "nio" -> backend(poller(subject)).unavailabilityCause();
            default -> null;
        };
        return cause == null ? null : firstLine(cause);
    }

    private static String firstLine(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage());
        return message.lines().findFirst().orElse(message);
    }

    /** Returns the part before the slash. */
    public static String poller(String subject) {
        return subject.substring(0, subject.indexOf('/') < 0 ? subject.length() : subject.indexOf('/'));
    }

    /** Returns the part after the slash, or an empty text. */
    public static String variant(String subject) {
        return subject.substring(Math.min(subject.length(), poller(subject).length() + 1));
    }

    /** Returns the subject of Netty on the same poller, for comparison. */
    public static String nettyFor(String subject) {
        return switch (poller(subject)) {
            case "epoll", "kqueue", "nio" -> "netty-" + poller(subject);
            default -> Epoll.isAvailable() ? "netty-epoll" : KQueue.isAvailable() ? "netty-kqueue" : "netty-nio";
        };
    }

    /** Returns the pollers of this program by name, each with the reason why it cannot run here, or null if it can. */
    public static Map<String, @Nullable String> pollers() {
        Map<String, @Nullable String> all = new TreeMap<>();
        for (Backend backend : ServiceLoader.load(Backend.class)) {
            all.put(backend.name(), unavailability(backend.name()));
        }
        return all;
    }

    static Backend backend(String name) {
        for (Backend backend : ServiceLoader.load(Backend.class)) {
            if (backend.name().equals(name)) {
                return backend;
            }
        }
        throw new IllegalArgumentException("unknown poller: " + name);
    }

    /** Returns a builder of a loop over the subject's poller. */
    public static LoopBuilder loop(String subject) {
        return Loop.builder().poller(poller(subject));
    }

    /** Opens the watcher of a subject. For our loop the variant is the interest policy. */
    public static SocketWatcher watcher(String subject) throws Exception {
        return switch (poller(subject)) {
            case "selector" -> new SelectorWatcher();
            case "netty-epoll" -> new NettyWatcher(new NettyEpoll());
            case "netty-kqueue" -> new NettyWatcher(new NettyKQueue());
            case "netty-nio" -> new NettyWatcher(new NettyNio());
            default -> new LoopWatcher(subject, policy(variant(subject)));
        };
    }

    public static InterestPolicy policy(String variant) {
        return switch (variant) {
            case "every-turn" -> InterestPolicy.EVERY_TURN;
            case "on-change" -> InterestPolicy.ON_CHANGE;
            default -> throw new IllegalArgumentException("unknown interest policy: " + variant);
        };
    }
}
