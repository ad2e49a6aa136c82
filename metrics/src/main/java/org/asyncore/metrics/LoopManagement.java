// SPDX-License-Identifier: Apache-2.0
package org.asyncore.metrics;

import static java.util.Objects.requireNonNull;

import java.lang.management.ManagementFactory;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.asyncore.Loop;

/**
 * A loop that is registered for JMX as a {@link LoopMXBean}, by the name {@code org.asyncore:type=Loop,name="NAME"},
 * until this is closed. All methods may be called from any thread.
 */
public final class LoopManagement implements AutoCloseable {
    private final MBeanServer server;
    private final ObjectName name;

    private LoopManagement(MBeanServer server, ObjectName name) {
        this.server = server;
        this.name = name;
    }

    /**
     * Registers a loop at the platform's server.
     *
     * @param name distinguishes the loop from others
     * @throws IllegalStateException if a loop is registered by this name
     */
    public static LoopManagement register(Loop loop, String name) {
        LoopAttributes attributes = new LoopAttributes(requireNonNull(loop, "loop"));
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            ObjectName quoted = new ObjectName("org.asyncore:type=Loop,name=" + ObjectName.quote(name));
            server.registerMBean(new StandardMBean(attributes, LoopMXBean.class, true), quoted);
            return new LoopManagement(server, quoted);
        } catch (InstanceAlreadyExistsException e) {
            throw new IllegalStateException("a loop is registered for JMX by the name " + name + " already", e);
        } catch (JMException e) {
            throw new IllegalArgumentException("cannot register the loop for JMX by the name " + name, e);
        }
    }

    /** Returns the name by which the loop is registered. */
    public ObjectName name() {
        return name;
    }

    /** Ends the registration. The loop is not touched. Does nothing if the registration has ended. */
    @Override
    public void close() {
        try {
            server.unregisterMBean(name);
        } catch (InstanceNotFoundException e) {
            // ended already
        } catch (JMException e) {
            throw new IllegalStateException("cannot end the registration of " + name, e);
        }
    }
}
