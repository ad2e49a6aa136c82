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

/** The values of the parameter {@code subject}: {@code POLLER/VARIANT} is ours, anything else a baseline. */
public final class Subjects {
    private Subjects() {}

    /** Why a subject cannot run on this host, or null if it can. */
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

    /** The part before the slash. */
    public static String poller(String subject) {
        return subject.substring(0, subject.indexOf('/') < 0 ? subject.length() : subject.indexOf('/'));
    }

    /** The part after the slash, or nothing. */
    public static String variant(String subject) {
        return subject.substring(Math.min(subject.length(), poller(subject).length() + 1));
    }

    /** Netty on the same poller, which the subject is compared with. */
    public static String nettyFor(String subject) {
        return switch (poller(subject)) {
            case "epoll", "kqueue", "nio" -> "netty-" + poller(subject);
            default -> Epoll.isAvailable() ? "netty-epoll" : KQueue.isAvailable() ? "netty-kqueue" : "netty-nio";
        };
    }

    /** The pollers this program has, by name, each with the reason why it cannot run here, if any. */
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
        throw new IllegalArgumentException("no poller is called " + name);
    }

    /** Describes a loop over the subject's poller. */
    public static LoopBuilder loop(String subject) {
        return Loop.builder().poller(poller(subject));
    }

    /** The contender of that name; for our loop the variant is the policy. */
    public static Contender contender(String subject) throws Exception {
        return switch (poller(subject)) {
            case "selector" -> new SelectorContender();
            case "netty-epoll" -> new NettyContender(new NettyEpoll());
            case "netty-kqueue" -> new NettyContender(new NettyKQueue());
            case "netty-nio" -> new NettyContender(new NettyNio());
            default -> new LoopContender(subject, policy(variant(subject)));
        };
    }

    public static InterestPolicy policy(String variant) {
        return switch (variant) {
            case "every-turn" -> InterestPolicy.EVERY_TURN;
            case "on-change" -> InterestPolicy.ON_CHANGE;
            default -> throw new IllegalArgumentException("no policy is called " + variant);
        };
    }
}
