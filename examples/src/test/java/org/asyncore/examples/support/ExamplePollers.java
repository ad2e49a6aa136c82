// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.support;

import java.util.Locale;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.asyncore.conformance.Pollers;
import org.asyncore.spi.Backend;

/** The pollers of the examples' jar. */
public final class ExamplePollers {
    private ExamplePollers() {}

    /** Returns their names. On Linux kqueue is left out, because it is an emulation, which its own module tests. */
    static Stream<String> names() {
        boolean linux = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
        return all().map(Backend::name).filter(name -> !(linux && name.equals("kqueue")));
    }

    /** Returns the same name. Skips the test, visibly, if the poller cannot run here and is not required. */
    public static String assumeAvailable(String name) {
        Pollers.assumeAvailable(
                all().filter(backend -> backend.name().equals(name)).findFirst().orElseThrow());
        return name;
    }

    private static Stream<Backend> all() {
        return ServiceLoader.load(Backend.class).stream().map(ServiceLoader.Provider::get);
    }
}
