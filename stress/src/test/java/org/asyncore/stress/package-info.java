// SPDX-License-Identifier: Apache-2.0
/** Questions about a loop and other threads, one for each class, which jcstress answers; {@link StressTest} runs them. */
@org.jspecify.annotations.NullMarked
package org.asyncore.stress;
