// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import java.util.Locale;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.asyncore.InterestPolicy;
import org.asyncore.Loop;
import org.asyncore.conformance.Pollers;
import org.asyncore.spi.Backend;
import org.junit.jupiter.params.provider.Arguments;

/** What a test is repeated on: each poller that can run here, asked in each way. */
record PollerAndPolicy(Backend backend, InterestPolicy policy) {
    /** All of them, without kqueue where there is only an emulation, which its own module tests. */
    static Stream<PollerAndPolicy> all() {
        boolean linux = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
        return ServiceLoader.load(Backend.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(backend -> !(linux && backend.name().equals("kqueue")))
                .flatMap(backend ->
                        Stream.of(InterestPolicy.values()).map(policy -> new PollerAndPolicy(backend, policy)));
    }

    /** The pollers' backends, for each version of TLS. */
    static Stream<Arguments> backends() {
        return all().filter(pollerAndPolicy -> pollerAndPolicy.policy == InterestPolicy.EVERY_TURN)
                .flatMap(pollerAndPolicy -> Stream.of("TLSv1.2", "TLSv1.3")
                        .map(protocol -> Arguments.of(pollerAndPolicy.backend, protocol)));
    }

    /** Opens a loop; skips the test, visibly, if the poller cannot run here and need not. */
    Loop open() {
        Pollers.assumeAvailable(backend);
        Certificates.all(); // takes seconds the first time, which is no part of a test
        return Loop.builder().backend(backend).interestPolicy(policy).open();
    }

    @Override
    public String toString() {
        return backend.name() + " " + policy;
    }
}
