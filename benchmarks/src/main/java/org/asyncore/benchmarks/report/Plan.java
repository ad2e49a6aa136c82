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
import org.asyncore.benchmarks.contenders.Load;
import org.asyncore.benchmarks.contenders.Subjects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.util.Optional;

/** What is to be run: a job for each benchmark, with the subjects and sizes that this host has. */
final class Plan {
    private static final int OWN_DESCRIPTORS = 150;

    /** One benchmark with its options. */
    record Job(String benchmark, int cells, Options options) {}

    private final Preset preset;
    private final Options given;

    Plan(Preset preset, Options given) {
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
                .exclude(
                        "^(?!" + Pattern.quote(name) + "$)") // all others, for what was given to include stays in force
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
        values.removeIf(value -> !isPossible(param, value));
        if (param.equals("subject")) {
            values.retainAll(all); // one list on the command line for benchmarks that know different ones
        }
        return values;
    }

    private static boolean isPossible(String param, String value) {
        return switch (param) {
            case "subject" -> Subjects.unavailability(value) == null;
            case "n" -> Integer.parseInt(value) + OWN_DESCRIPTORS <= descriptors();
            case "load" -> 2 * Load.of(value).connections() + OWN_DESCRIPTORS <= descriptors();
            default -> true;
        };
    }

    /** How many descriptors this process may have: sizes that need more are left out. */
    static long descriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }

    /** The options that JMH knows, without ours. */
    static String[] withoutPreset(String[] args) {
        return Arrays.stream(args).filter(arg -> !isPreset(arg)).toArray(String[]::new);
    }

    private static boolean isPreset(String arg) {
        return arg.equals("--full") || arg.equals("--smoke");
    }
}
