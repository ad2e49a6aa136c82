// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HttpRangeTest {
    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 10, bytes 0-0/10",
        "bytes=2-5, 10, bytes 2-5/10",
        "BYTES=2-, 10, bytes 2-9/10",
        "bytes=2-99, 10, bytes 2-9/10",
        "bytes=2-99999999999999999999999, 10, bytes 2-9/10",
        "bytes=0000000000000000000002-00000000000000000000005, 10, bytes 2-5/10",
        "bytes=-000000000000000000000000003, 10, bytes 7-9/10",
        "bytes=-99999999999999999999999, 10, bytes 0-9/10",
        "bytes=2-18446744073709551617, 10, bytes 2-9/10",
        "bytes=9223372036854775806-9223372036854775807, 9223372036854775807, bytes 9223372036854775806-9223372036854775806/9223372036854775807",
        "'bytes= 2-5', 10, bytes 2-5/10",
        "'bytes=,2-5 , ', 10, bytes 2-5/10",
        "bytes=-3, 10, bytes 7-9/10",
        "bytes=-99, 10, bytes 0-9/10"
    })
    void rangeWithinTheFileIsParsed(String field, long size, String part) throws HttpRefusal {
        HttpRange range = HttpRange.parse(field, size);
        assertEquals(part, range == null ? null : range.of(size));
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=5-2, 10",
        "bytes=-, 10",
        "bytes=, 10",
        "'bytes=,,', 10",
        "bytes=--5, 10",
        "bytes=+1-5, 10",
        "'bytes=1 -5', 10",
        "'bytes=1- 5', 10",
        "'bytes =1-5', 10",
        "bytes=1, 10",
        "bytes=0x1-5, 10",
        "bytes=1-5-, 10",
        "'bytes=1-5;q=1', 10",
        "bytes=99999999999999999999-5, 10",
        "'bytes=0-1,bytes=4-5', 10",
        "xbytes=0-1, 10",
        "bytes=a-b, 10",
        "bytes=1-2;3-4, 10",
        "'bytes=0-1,4-5', 10",
        "lines=0-1, 10",
        "bytes 0-1, 10",
        "bytes=-5, 0"
    })
    void fieldThatIsNotOneRangeOfBytesIsIgnored(String field, long size) throws HttpRefusal {
        assertEquals(null, HttpRange.parse(field, size));
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=10-, 10",
        "bytes=10-20, 10",
        "bytes=-0, 10",
        "bytes=0-, 0",
        "bytes=99999999999999999999-, 10",
        "bytes=18446744073709551617-, 10"
    })
    void rangeBeyondTheEndIsRefusedWithTheSize(String field, long size) {
        HttpRefusal refusal = assertThrows(HttpRefusal.class, () -> HttpRange.parse(field, size));
        assertEquals("Content-Range: bytes */" + size, refusal.field);
    }
}
