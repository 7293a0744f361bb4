package convoy.data.campaign;

import convoy.data.trust.Hashes;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A list of vehicles from a file.
 *
 * @param file the file's name
 * @param vins well-formed, sorted, each once
 */
public record VinList(String file, List<String> vins) {
  /** What a campaign's list is for. */
  public enum Kind {
    /** The campaign is for these alone. */
    ONLY,
    /** The campaign is for none of these. */
    EXCLUDED
  }

  public VinList {
    vins = vins.stream().sorted().toList();
  }

  /** Hex SHA-256 of the VINs, each with a line feed after it. */
  public String sha256() {
    StringBuilder text = new StringBuilder(vins.size() * 18);
    vins.forEach(vin -> text.append(vin).append('\n'));
    return Hashes.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
