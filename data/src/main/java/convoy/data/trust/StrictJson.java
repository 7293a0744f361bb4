package convoy.data.trust;

import static java.nio.charset.StandardCharsets.UTF_8;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Parses a JSON object in UTF-8; refuses a key given twice, and anything after the object. */
public final class StrictJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final Pattern START_MARKER = Pattern.compile(" \\(start marker at .*");

  private StrictJson() {}

  /**
   * The object's fields.
   *
   * @param where the document's name, for messages
   * @throws ConvoyException NOT_TRUSTED when the bytes are anything else
   */
  public static Fields parse(byte[] bytes, String where) {
    String text;
    try {
      // Jackson would guess UTF-16 and UTF-32 from the first bytes, and mend broken UTF-8.
      text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new ConvoyException(
          ErrorCode.NOT_TRUSTED, where + ": found bytes that are not UTF-8, expected JSON", e);
    }
    try {
      if (MAPPER.readValue(text, Object.class) instanceof Map<?, ?> map) {
        return new Fields(where + ":", map);
      }
    } catch (JacksonException e) {
      throw new ConvoyException(
          ErrorCode.NOT_TRUSTED, where + ": not valid JSON" + place(e) + reason(e), e);
    }
    throw new ConvoyException(
        ErrorCode.NOT_TRUSTED, where + ": found JSON of another kind, expected an object");
  }

  /** Jackson's reason without its second, less exact, place. */
  private static String reason(JacksonException e) {
    return START_MARKER.matcher(e.getOriginalMessage()).replaceFirst("");
  }

  private static String place(JacksonException e) {
    return e.getLocation() == null
        ? ": "
        : " at line "
            + e.getLocation().getLineNr()
            + ", column "
            + e.getLocation().getColumnNr()
            + ": ";
  }
}
