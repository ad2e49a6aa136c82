// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.traces;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a scenario that differs from its recording on purpose. A row of {@code docs/differences.md} names it. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface DiffersFromAsyncore {
    /** The behaviour of this library, in a line. */
    String value();
}
