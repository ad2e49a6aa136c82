// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts the word of an option to an enum constant: {@code every-turn} to {@code EVERY_TURN}. */
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
            throw new TypeConversionException("'" + word + "' is not one of " + String.join(", ", known));
        };
    }
}
