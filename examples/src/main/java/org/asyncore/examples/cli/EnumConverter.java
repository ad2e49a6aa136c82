// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Options that are one of a few words: {@code EVERY_TURN} is written {@code every-turn}. */
public final class EnumConverter {
    private EnumConverter() {}

    public static <E extends Enum<E>> ITypeConverter<E> of(Class<E> type) {
        return word -> {
            List<String> known = new ArrayList<>();
            for (E constant : type.getEnumConstants()) {
                String name = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
                if (name.equals(word)) {
                    return constant;
                }
                known.add(name);
            }
            throw new TypeConversionException("'" + word + "' is none of " + String.join(", ", known));
        };
    }
}
