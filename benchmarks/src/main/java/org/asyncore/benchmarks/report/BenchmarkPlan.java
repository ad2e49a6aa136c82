// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.report;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.asyncore.benchmarks.contenders.EchoLoad;
import org.asyncore.benchmarks.contenders.Subjects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.util.Optional;

/** The jobs to run: one for each benchmark, with the subjects and sizes that this host can run. */
final class BenchmarkPlan {
    private static final int OWN_DESCRIPTORS = 150;

    /** One benchmark with its options. */
    record Job(String benchmark, int cells, Options options) {}

    private final Preset preset;
    private final Options given;

    BenchmarkPlan(Preset preset, Options given) {
        this.preset = preset;
        this.given = given;
    }

    List<Job> jobs(OutputFormat output) {
        List<Job> jobs = new ArrayList<>();
        for (BenchmarkListEntry entry :
                BenchmarkList.defaultList().find(output, given.getIncludes(), given.getExcludes())) {
            Job job = job(entry);
            if (job.cells > 0) {
                jobs.add(job);
            }
        }
        return jobs;
    }

    private Job job(BenchmarkListEntry entry) {
        String name = entry.getUsername();
        ChainedOptionsBuilder builder = new OptionsBuilder()
                .parent(given)
                .exclude("^(?!" + Pattern.quote(name)
                        + "$)") // all others, because the includes of the command line also apply
                .addProfiler(GCProfiler.class);
        preset.complete(builder, given);
        int cells = 1;
        for (Map.Entry<String, String[]> param :
                entry.getParams().orElse(Map.of()).entrySet()) {
            List<String> values = values(param.getKey(), List.of(param.getValue()));
            builder.param(param.getKey(), values.toArray(String[]::new));
            cells *= values.size();
        }
        return new Job(name.substring(name.indexOf(".jmh.") + 5), cells, builder.build());
    }

    private List<String> values(String param, List<String> all) {
        Optional<Collection<String>> wanted = given.getParameter(param);
        List<String> values = new ArrayList<>(wanted.hasValue() ? wanted.get() : preset.values(param, all));
        values.removeIf(value -> !canRun(param, value));
        if (param.equals("subject")) {
            values.retainAll(all); // the command line has one list for benchmarks with different subjects
        }
        return values;
    }

    private static boolean canRun(String param, String value) {
        return switch (param) {
            case "subject" -> Subjects.unavailability(value) == null;
            case "n" -> Integer.parseInt(value) + OWN_DESCRIPTORS <= descriptors();
            case "load" -> 2 * EchoLoad.of(value).connections() + OWN_DESCRIPTORS <= descriptors();
            default -> true;
        };
    }

    /** Returns the number of descriptors that this process may open. Sizes that need more are left out. */
    static long descriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }

    /** Returns the arguments without our own options, which JMH does not know. */
    static String[] withoutPreset(String[] args) {
        return Arrays.stream(args).filter(arg -> !isPreset(arg)).toArray(String[]::new);
    }

    private static boolean isPreset(String arg) {
        return arg.equals("--full") || arg.equals("--smoke");
    }
}
