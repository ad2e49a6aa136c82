// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.traces;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The scenario means to come out other than recorded; {@code docs/differences.md} has a row that names it. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface DiffersFromAsyncore {
    /** What happens instead, in a line. */
    String value();
}
