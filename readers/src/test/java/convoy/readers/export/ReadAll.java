package convoy.readers.export;

import convoy.data.error.ConvoyException;
import java.nio.file.Path;

/** A program that reads an export to its end and says how that went. */
final class ReadAll {
  private ReadAll() {}

  public static void main(String[] arguments) {
    long[] count = {0};
    String[] last = {""};
    try {
      Exports.forEach(
          Path.of(arguments[0]),
          row -> {
            count[0]++;
            last[0] = row.raw();
          });
      System.out.println(count[0] + " rows, the last " + last[0]);
    } catch (ConvoyException e) {
      System.out.println(e.getMessage());
    }
  }
}
