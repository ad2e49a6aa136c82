// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.traces;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a test that plays a recorded scenario. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Replays {
    /** The name of the scenario and of its recording. */
    String value();
}
