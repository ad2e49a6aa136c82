// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import org.asyncore.chat.ChannelProducer;
import org.asyncore.chat.Producer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The response to one request: its head, and a file or a part of it. The file is looked up and opened when the response's
 * turn comes, so that requests in a queue hold no descriptors.
 */
final class HttpAnswer implements Producer {
    private static final Logger LOG = LoggerFactory.getLogger(HttpAnswer.class);
    private static final Set<String> OTHER_METHODS =
            Set.of("OPTIONS", "POST", "PUT", "DELETE", "TRACE", "CONNECT", "PATCH");
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final HttpRequest request;
    private final HttpSite site;
    private boolean begun;
    private @Nullable Producer body; // from the head on

    HttpAnswer(HttpRequest request, HttpSite site) {
        this.request = request;
        this.site = site;
    }

    @Override
    public ByteBuffer more() throws IOException {
        if (!begun) {
            begun = true;
            return ByteBuffer.wrap(head());
        }
        return body == null ? NOTHING : body.more();
    }

    @Override
    public void close() throws IOException {
        if (body != null) {
            body.close();
        }
    }

    private byte[] head() {
        LOG.debug("{} {}", request.method(), request.target());
        try {
            checkMethod();
            return serve(site.root().find(request.target()));
        } catch (HttpRefusal e) {
            return refuse(e);
        } catch (IOException e) {
            LOG.warn("cannot serve {}: {}", request.target(), Trouble.in(e));
            return refuse(new HttpRefusal(HttpStatus.INTERNAL_SERVER_ERROR, "not readable now"));
        }
    }

    private void checkMethod() throws HttpRefusal {
        if (!request.method().equals("GET") && !request.isHead()) {
            throw OTHER_METHODS.contains(request.method())
                    ? new HttpRefusal(HttpStatus.METHOD_NOT_ALLOWED, "files are only read", "Allow: GET, HEAD")
                    : new HttpRefusal(HttpStatus.NOT_IMPLEMENTED, "an unknown method");
        }
    }

    private byte[] serve(WebFile file) throws IOException, HttpRefusal {
        HttpConditions conditions = new HttpConditions(request.headers(), file);
        if (conditions.fail()) {
            throw new HttpRefusal(HttpStatus.PRECONDITION_FAILED, "another file");
        }
        if (conditions.isNotModified()) {
            return begin(HttpStatus.NOT_MODIFIED, file, conditions).end();
        }
        HttpRange range = conditions.rangeHolds() ? range(file.size()) : null;
        if (range == null) {
            return send(begin(HttpStatus.OK, file, conditions), file, new HttpRange(0, file.size()));
        }
        HttpResponse response = begin(HttpStatus.PARTIAL_CONTENT, file, conditions);
        return send(response.with("Content-Range", range.of(file.size())), file, range);
    }

    private @Nullable HttpRange range(long size) throws HttpRefusal {
        String field = request.isHead() ? null : request.headers().first("Range"); // of GET alone
        return field == null ? null : HttpRange.parse(field, size);
    }

    private HttpResponse begin(HttpStatus status, WebFile file, HttpConditions conditions) {
        return persistence(new HttpResponse(status, site.dates()))
                .with("Last-Modified", site.dates().of(file.modified().getEpochSecond()))
                .with("ETag", conditions.etag());
    }

    private byte[] send(HttpResponse response, WebFile file, HttpRange part) throws IOException {
        if (!request.isHead()) {
            body = ChannelProducer.of(file.open(), part.from(), part.count());
        }
        String type = MediaTypes.of(String.valueOf(file.path().getFileName()));
        return response.with("Accept-Ranges", "bytes")
                .with("Content-Type", type)
                .with("Content-Length", part.count())
                .end();
    }

    private byte[] refuse(HttpRefusal refusal) {
        return persistence(HttpResponse.to(refusal, site.dates()))
                .end(String.valueOf(refusal.getMessage()), request.isHead());
    }

    private HttpResponse persistence(HttpResponse response) {
        if (!request.keepsAlive()) {
            return response.with("Connection", "close");
        }
        return request.minor() > 0 ? response : response.with("Connection", "keep-alive");
    }
}
