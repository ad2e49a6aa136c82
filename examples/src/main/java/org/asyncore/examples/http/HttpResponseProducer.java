// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Set;
import org.asyncore.chat.ChannelProducer;
import org.asyncore.chat.Producer;
import org.asyncore.examples.shared.ErrorMessages;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Produces the response to one request: its head, and a file or a part of it. The file is found and opened when the
 * response is due, so queued responses hold no descriptors.
 */
final class HttpResponseProducer implements Producer {
    private static final Logger LOG = LoggerFactory.getLogger(HttpResponseProducer.class);
    private static final Set<String> OTHER_METHODS = Set.of("POST", "PUT", "DELETE", "TRACE", "CONNECT", "PATCH");
    private static final String ALLOWED = "GET, HEAD, OPTIONS";
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final HttpRequest request;
    private final HttpSite site;
    private boolean begun;
    private @Nullable Producer body; // set with the head

    HttpResponseProducer(HttpRequest request, HttpSite site) {
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
            HttpTarget target = HttpTarget.parse(request.target());
            checkScheme(target);
            return request.method().equals("OPTIONS")
                    ? options()
                    : serve(site.root().find(target));
        } catch (HttpRefusal e) {
            return refuse(e);
        } catch (IOException e) {
            return refuse(refusalOf(e));
        }
    }

    /** Returns the refusal for a file that was found but cannot be opened. */
    private HttpRefusal refusalOf(IOException e) {
        if (e instanceof NoSuchFileException) {
            return WebRoot.notFound();
        }
        if (e instanceof AccessDeniedException) {
            return WebRoot.forbidden();
        }
        LOG.warn("cannot serve {}: {}", request.target(), ErrorMessages.of(e));
        return new HttpRefusal(HttpStatus.INTERNAL_SERVER_ERROR, "cannot be read");
    }

    private void checkMethod() throws HttpRefusal {
        String method = request.method();
        if (!method.equals("GET") && !request.isHead() && !method.equals("OPTIONS")) {
            throw OTHER_METHODS.contains(method)
                    ? new HttpRefusal(HttpStatus.METHOD_NOT_ALLOWED, "files can only be read", "Allow: " + ALLOWED)
                    : new HttpRefusal(HttpStatus.NOT_IMPLEMENTED, "an unknown method");
        }
    }

    /** Refuses an {@code https} target if the client does not use TLS (RFC 9110, 7.4). */
    private void checkScheme(HttpTarget target) throws HttpRefusal {
        if (site.tls() == null && "https".equals(target.scheme())) {
            throw new HttpRefusal(HttpStatus.MISDIRECTED_REQUEST, "this is not https");
        }
    }

    private byte[] options() {
        return persistence(new HttpResponseHead(HttpStatus.OK, site.dates()))
                .with("Allow", ALLOWED)
                .with("Content-Length", 0)
                .end();
    }

    private byte[] serve(WebFile file) throws IOException, HttpRefusal {
        HttpConditions conditions =
                new HttpConditions(request.headers(), file, site.dates().second());
        if (conditions.fail()) {
            throw new HttpRefusal(HttpStatus.PRECONDITION_FAILED, "the file has changed");
        }
        if (conditions.isNotModified()) {
            return begin(HttpStatus.NOT_MODIFIED, conditions).end();
        }
        HttpRange range = conditions.rangeHolds() ? range(file.size()) : null;
        if (range == null) {
            return send(begin(HttpStatus.OK, conditions), file, new HttpRange(0, file.size()));
        }
        HttpResponseHead response = begin(HttpStatus.PARTIAL_CONTENT, conditions);
        return send(response.with("Content-Range", range.of(file.size())), file, range);
    }

    private @Nullable HttpRange range(long size) throws HttpRefusal {
        String field = request.isHead() ? null : request.headers().combined("Range"); // of GET alone
        return field == null ? null : HttpRange.parse(field, size);
    }

    private HttpResponseHead begin(HttpStatus status, HttpConditions conditions) {
        return persistence(new HttpResponseHead(status, site.dates()))
                .with("Last-Modified", site.dates().of(conditions.modified()))
                .with("ETag", conditions.etag());
    }

    private byte[] send(HttpResponseHead response, WebFile file, HttpRange part) throws IOException {
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
        return persistence(HttpResponseHead.to(refusal, site.dates()))
                .end(String.valueOf(refusal.getMessage()), request.isHead());
    }

    private HttpResponseHead persistence(HttpResponseHead response) {
        if (!request.keepsAlive()) {
            return response.with("Connection", "close");
        }
        return request.minor() > 0 ? response : response.with("Connection", "keep-alive");
    }
}
