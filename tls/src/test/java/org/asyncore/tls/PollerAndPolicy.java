// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import java.util.Locale;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.asyncore.InterestPolicy;
import org.asyncore.Loop;
import org.asyncore.LoopBuilder;
import org.asyncore.conformance.Pollers;
import org.asyncore.spi.Backend;
import org.junit.jupiter.params.provider.Arguments;

/** A poller and an interest policy. Tests are repeated for each combination that can run here. */
record PollerAndPolicy(Backend backend, InterestPolicy policy) {
    /** Returns all combinations, except those with kqueue's emulation on Linux, which its own module tests. */
    static Stream<PollerAndPolicy> all() {
        boolean linux = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
        return ServiceLoader.load(Backend.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(backend -> !(linux && backend.name().equals("kqueue")))
                .flatMap(backend ->
                        Stream.of(InterestPolicy.values()).map(policy -> new PollerAndPolicy(backend, policy)));
    }

    /** Returns each backend with each version of TLS. */
    static Stream<Arguments> backends() {
        return all().filter(pollerAndPolicy -> pollerAndPolicy.policy == InterestPolicy.EVERY_TURN)
                .flatMap(pollerAndPolicy -> Stream.of("TLSv1.2", "TLSv1.3")
                        .map(protocol -> Arguments.of(pollerAndPolicy.backend, protocol)));
    }

    /** Opens a loop; skips the test, visibly, if the poller is neither available nor required here. */
    Loop open() {
        return builder().open();
    }

    /** Returns a builder of a loop; otherwise as {@link #open}. */
    LoopBuilder builder() {
        Pollers.assumeAvailable(backend);
        Certificates.all(); // makes keys for seconds the first time, which a test must not measure
        return Loop.builder().backend(backend).interestPolicy(policy);
    }

    @Override
    public String toString() {
        return backend.name() + " " + policy;
    }
}
