// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.report;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The page with the plots, which is one file and needs no network. */
record HtmlReport(Map<String, String> host, List<Figure> figures) {
    private static final String ECHARTS = "/META-INF/resources/webjars/echarts/5.3.1/dist/echarts.common.min.js";

    void write(Path file) throws IOException {
        String page = resource("report.html")
                .replace("/*style*/", resource("report.css"))
                .replace("/*echarts*/", resource(ECHARTS))
                .replace("/*data*/", "const report = " + new Gson().toJson(this) + ";") // Gson escapes "<"
                .replace("/*plots*/", resource("report.js"));
        Files.writeString(file, page);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("missing resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
