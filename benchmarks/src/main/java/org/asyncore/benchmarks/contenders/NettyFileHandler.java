// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultFileRegion;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/**
 * Answers each request like the server of the examples: looks its file up, opens it, reads it and closes it. Nothing is
 * cached. A small file is copied behind its head, and the kernel sends a larger one. Output is flushed when reading is
 * complete.
 */
@SuppressWarnings("FutureReturnValueIgnored") // exceptionCaught gets the failures
final class NettyFileHandler extends NettyFlushingHandler {
    private static final int SMALL_BYTES = 65536;
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private final Path root;
    private final NettyHttpDates dates;

    NettyFileHandler(Path root, NettyHttpDates dates) {
        this.root = root;
        this.dates = dates;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws IOException {
        if (message instanceof HttpRequest request) {
            answer(context, request);
        }
        ReferenceCountUtil.release(message);
    }

    private void answer(ChannelHandlerContext context, HttpRequest request) throws IOException {
        if (request.decoderResult().isFailure()) {
            refuse(context, request, HttpResponseStatus.BAD_REQUEST);
        } else if (!request.method().equals(HttpMethod.GET)) {
            refuse(context, request, HttpResponseStatus.METHOD_NOT_ALLOWED);
        } else {
            try {
                serve(context, request);
            } catch (IOException e) {
                refuse(context, request, HttpResponseStatus.NOT_FOUND);
            }
        }
    }

    private void serve(ChannelHandlerContext context, HttpRequest request) throws IOException {
        Path path = root;
        BasicFileAttributes attributes = null;
        for (String name : request.uri().substring(1).split("/", -1)) {
            path = path.resolve(name);
            attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        }
        if (attributes == null || !attributes.isRegularFile() || request.uri().contains("..")) {
            throw new IOException("not a file");
        }
        String modified = dates.of(attributes.lastModifiedTime().toInstant());
        if (modified.equals(request.headers().get(HttpHeaderNames.IF_MODIFIED_SINCE))) {
            refuse(context, request, HttpResponseStatus.NOT_MODIFIED);
            return;
        }
        FileChannel file = FileChannel.open(path, READ);
        if (attributes.size() > SMALL_BYTES) {
            HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
            describe(head, path, attributes, modified);
            context.write(head);
            context.write(new DefaultFileRegion(file, 0, attributes.size()));
            write(context, request, LastHttpContent.EMPTY_LAST_CONTENT);
        } else {
            ByteBuf body = read(context, file, (int) attributes.size());
            FullHttpResponse whole = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
            describe(whole, path, attributes, modified);
            write(context, request, whole);
        }
    }

    private static ByteBuf read(ChannelHandlerContext context, FileChannel file, int size) throws IOException {
        ByteBuf body = context.alloc().directBuffer(size);
        try (file) {
            body.writeBytes(file, 0, size);
            return body;
        } catch (IOException e) {
            body.release();
            throw e;
        }
    }

    private void describe(HttpResponse response, Path path, BasicFileAttributes attributes, String modified) {
        String etag = "\"" + Long.toHexString(attributes.lastModifiedTime().toMillis()) + "-"
                + Long.toHexString(attributes.size()) + "\"";
        response.headers()
                .set(HttpHeaderNames.DATE, dates.now())
                .set(HttpHeaderNames.LAST_MODIFIED, modified)
                .set(HttpHeaderNames.ETAG, etag)
                .set(HttpHeaderNames.ACCEPT_RANGES, "bytes")
                .set(HttpHeaderNames.CONTENT_TYPE, path.toString().endsWith(".txt") ? "text/plain" : "text/html")
                .set(HttpHeaderNames.CONTENT_LENGTH, attributes.size());
    }

    private static void refuse(ChannelHandlerContext context, HttpRequest request, HttpResponseStatus status) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER);
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
        write(context, request, response);
    }

    private static void write(ChannelHandlerContext context, HttpRequest request, Object last) {
        if (HttpUtil.isKeepAlive(request)) {
            context.write(last, context.voidPromise());
        } else {
            context.write(last).addListener(ChannelFutureListener.CLOSE);
        }
    }
}
