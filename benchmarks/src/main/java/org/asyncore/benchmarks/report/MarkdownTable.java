// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.report;

import java.util.List;
import java.util.Locale;
import org.asyncore.benchmarks.contenders.Subjects;
import org.jspecify.annotations.Nullable;

/** A Markdown table of all figures, each with its ratios to the Selector and to Netty in the same setting. */
final class MarkdownTable {
    private final List<Figure> figures;

    MarkdownTable(List<Figure> figures) {
        this.figures = figures;
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        out.append(
                "| benchmark | setting | subject | figure | unit | × Selector | × Netty | B/op | server CPU, ns/op |\n");
        out.append("| --- | --- | --- | ---: | --- | ---: | ---: | ---: | ---: |\n");
        for (Figure figure : figures) {
            out.append(String.format(
                    "| %s | %s | %s | %s | %s | %s | %s | %s | %s |%n",
                    figure.benchmark(),
                    figure.setting(),
                    figure.subject(),
                    number(figure.score()),
                    figure.unit(),
                    ratio(figure, "selector"),
                    ratio(figure, Subjects.nettyFor(figure.subject())),
                    bytes(figure.bytesPerOp()),
                    figure.cpuNanosPerOp() == null ? "" : number(figure.cpuNanosPerOp())));
        }
        return out.toString();
    }

    private String ratio(Figure figure, String subject) {
        Figure baseline = find(figure, subject);
        if (baseline == null && subject.startsWith("netty-")) {
            baseline = find(figure, "netty");
        }
        return baseline == null || baseline.equals(figure)
                ? ""
                : String.format(Locale.ROOT, "%.2f", figure.score() / baseline.score());
    }

    private @Nullable Figure find(Figure like, String subject) {
        for (Figure figure : figures) {
            if (figure.benchmark().equals(like.benchmark())
                    && figure.params().equals(like.params())
                    && figure.subject().equals(subject)) {
                return figure;
            }
        }
        return null;
    }

    private static String bytes(@Nullable Double bytes) {
        return bytes == null ? "" : bytes < 0.05 ? "0" : String.format(Locale.ROOT, "%,.1f", bytes);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f", value);
    }
}
