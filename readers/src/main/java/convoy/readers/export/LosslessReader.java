package convoy.readers.export;

import convoy.data.vehicle.UndecodedBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/**
 * Decodes a stream without losing a byte: one that the encoding cannot read becomes a character of
 * {@link UndecodedBytes}, so that only its own row is rejected.
 */
final class LosslessReader extends Reader {
  private final InputStream in;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16).limit(0);
  // Decoded, not yet read; longer than any run of bytes that one error can name.
  private final CharBuffer chars = CharBuffer.allocate(1 << 14).limit(0);
  private boolean ended;

  LosslessReader(InputStream in, Charset charset) {
    this.in = in;
    this.decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    while (!chars.hasRemaining()) {
      if (ended && !bytes.hasRemaining()) {
        return -1;
      }
      decodeMore();
    }
    int count = Math.min(length, chars.remaining());
    chars.get(target, offset, count);
    return count;
  }

  private void decodeMore() throws IOException {
    chars.clear();
    CoderResult result = decoder.decode(bytes, chars, ended);
    if (result.isError()) {
      if (chars.remaining() >= result.length()) {
        for (int i = 0; i < result.length(); i++) {
          chars.put(UndecodedBytes.asChar(bytes.get()));
        }
      }
      // Otherwise the error is met again, first thing, with room to spare.
    } else if (result.isUnderflow()) {
      fill();
    }
    chars.flip();
  }

  private void fill() throws IOException {
    bytes.compact();
    int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
    ended = count < 0;
    bytes.position(bytes.position() + Math.max(count, 0)).flip();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
