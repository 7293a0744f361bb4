package convoy.scheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
  private static final String GERMAN =
      """
      Fahrgestellnr;Modell;MY;Fuel;Market;Build Date;Exported;Farbe
      1M8GDM9AXKP042788;Käfer;2026;BEV;DE;31/01/2026;2026-02-01T00:00:00Z;grün
      1M8GDM9A1KP042788;Käfer;2026;BEV;DE;31/01/2026;2026-02-01T00:00:00Z;rot
      """;

  @TempDir Path folder;

  private record Said(int status, String out, String err) {}

  private Said run(String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    var said = new ByteArrayOutputStream();
    var complained = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
    try {
      int status = ConvoyCommand.run(arguments);
      return new Said(
          status,
          said.toString(StandardCharsets.UTF_8),
          complained.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  private Said probe(Path file, String... more) {
    List<String> arguments = new ArrayList<>(List.of("import", "probe", file.toString()));
    arguments.add("--home=" + folder.resolve("home"));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(new String[0]));
  }

  /** From a file that is refused to one that lands, by a profile that was written and edited. */
  @Test
  void aProfileIsWrittenAndEditedUntilTheFileCanBeRead() throws IOException {
    Path file = folder.resolve("emden-20260201.csv");
    Files.write(file, GERMAN.getBytes(Charset.forName("windows-1252")));

    Said first = probe(file, "--write");
    assertThat(first.status()).isEqualTo(4);
    Path profile = folder.resolve("home/profiles/emden.yaml");
    assertThat(first.out())
        .isEqualTo(
            """
            emden-20260201.csv: UTF-8 text with semicolons
            profile: none
            not UTF-8: a profile has to name the encoding, such as windows-1252
            neither vehicles nor ECUs, header in line 1
              Fahrgestellnr            not used
              Modell                   not used, perhaps model
              MY                       -> model_year
              Fuel                     -> powertrain
              Market                   -> region
              Build Date               -> manufactured_on
              Exported                 -> exported_at
              Farbe                    not used
            wrote %s: edit it, then probe again
            """
                .formatted(profile));
    assertThat(first.err())
        .startsWith("convoy: emden-20260201.csv line 1: the header names Fahrgestellnr, Modell");

    String draft = Files.readString(profile);
    assertThat(draft)
        .contains(
            """
            profile: "emden"
            """,
            "files: [\"emden-*.csv\"]",
            "\nencoding: windows-1252\n",
            """

              "Fahrgestellnr": not used
              "Modell": not used  # model?
              "MY": model_year
            """);
    Files.writeString(
        profile,
        draft
            .replace("\"Fahrgestellnr\": not used", "\"Fahrgestellnr\": vin")
            .replace("\"Modell\": not used", "\"Modell\": model")
            .replace("#dates:", "dates:"));

    Said second = probe(file);
    assertThat(second.out())
        .isEqualTo(
            """
            emden-20260201.csv: windows-1252 text with semicolons
            profile: emden, content DELTA
            VEHICLES, header in line 1
              Fahrgestellnr            -> vin
              Modell                   -> model
              MY                       -> model_year
              Fuel                     -> powertrain
              Market                   -> region
              Build Date               -> manufactured_on
              Exported                 -> exported_at
              Farbe                    not used
            line 2: vin 1M8GDM9AXKP042788, model Käfer, model_year 2026, powertrain BEV, region DE, manufactured_on 2026-01-31, exported_at 2026-02-01T00:00:00Z
            line 3: vin 1M8GDM9A1KP042788, model Käfer, model_year 2026, powertrain BEV, region DE, manufactured_on 2026-01-31, exported_at 2026-02-01T00:00:00Z
            all 2 rows: 1 would be accepted, 1 not
                    1 VIN_CHECK_DIGIT
            """);
    assertThat(second.err()).isEmpty();
    assertThat(second.status()).isZero();

    Said third = probe(file, "--write");
    assertThat(third.status()).isEqualTo(2);
    assertThat(third.err())
        .isEqualTo(
            "convoy: emden-20260201.csv: the profile emden is meant for it already, which is left"
                + " as it is\n");
  }

  @Test
  void aProfileThatIsThereIsNotOverwritten() throws IOException {
    Path profile = folder.resolve("home/profiles/emden.yaml");
    Files.createDirectories(profile.getParent());
    Files.writeString(profile, "profile: other\nfiles: [other.csv]\n");
    Path file = Files.writeString(folder.resolve("emden.csv"), "vin,module\n");
    Said said = probe(file, "--write");
    assertThat(said.status()).isEqualTo(2);
    assertThat(said.err())
        .isEqualTo(
            "convoy: %s: found a profile already, which is left as it is\n".formatted(profile));
    assertThat(profile).hasContent("profile: other\nfiles: [other.csv]\n");
  }

  @Test
  void aBadProfileIsAProblemOfTheHome() throws IOException {
    Path profile = folder.resolve("home/profiles/emden.yaml");
    Files.createDirectories(profile.getParent());
    Files.writeString(profile, "profile: emden\nfile: [x]\n");
    Said said = probe(Files.writeString(folder.resolve("emden.csv"), "vin,module\n"));
    assertThat(said.status()).isEqualTo(3);
    assertThat(said.err())
        .isEqualTo(
            "convoy: emden.yaml line 2 column 1: unknown key 'file', did you mean 'files'?\n");
  }
}
