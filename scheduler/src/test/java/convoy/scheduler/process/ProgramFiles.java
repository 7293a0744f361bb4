package convoy.scheduler.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * The program under test as the launcher starts it: from jars, with Java's archive of loaded
 * classes, which halves the time that a process takes to start; and installations that it made.
 * They are made once for all test classes of a build.
 */
final class ProgramFiles {
  private static final Path LIB = Path.of("target", "lib").toAbsolutePath();
  private static final Path FOLDER = Path.of("target", "program").toAbsolutePath();
  private static final List<Path> ENTRIES = entries();
  // A folder for each state of the classes, so that nothing in it is of older ones.
  private static final Path MADE = FOLDER.resolve(state(ENTRIES));
  private static final List<String> JAVA = alone(ProgramFiles::prepared);

  private ProgramFiles() {}

  /** Makes something; nobody else does meanwhile. */
  interface Making<T> {
    T make() throws IOException, InterruptedException;
  }

  /** Makes a folder. */
  interface Maker {
    void make(Path folder) throws IOException, InterruptedException;
  }

  /** The Java machine with its options, up to the name of the main class. */
  static List<String> java() {
    return JAVA;
  }

  /** The folder of that name: made the first time that a test class of this build asks for it. */
  static Path once(String name, Maker maker) {
    return alone(
        () -> {
          Path folder = MADE.resolve(name);
          if (!Files.exists(folder)) {
            Path part = MADE.resolve(name + ".part");
            FileSystemUtils.deleteRecursively(part);
            maker.make(part);
            Files.move(part, folder);
          }
          return folder;
        });
  }

  private static <T> T alone(Making<T> making) {
    try {
      Files.createDirectories(FOLDER);
      try (FileChannel lock =
          FileChannel.open(
              FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        lock.lock();
        return making.make();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static List<String> prepared() throws IOException, InterruptedException {
    Path archive = MADE.resolve("convoy.jsa");
    List<String> java = new ArrayList<>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    // As for this test: a file that is thrown away is not compacted.
    java.add("-Dh2.maxCompactTime=" + System.getProperty("h2.maxCompactTime", "200"));
    for (String name : List.of("keyPbe", "certPbe", "mac")) {
      // As for this test: keys that are made for it are opened many times.
      String property = "keystore.pkcs12." + name + "IterationCount";
      java.add("-D%s=%s".formatted(property, System.getProperty(property, "10000")));
    }
    java.addAll(List.of("-Dfile.encoding=UTF-8", "-cp"));
    java.add(
        ENTRIES.stream()
            .map(entry -> Files.isDirectory(entry) ? jarOf(entry) : entry)
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator)));
    if (!Files.exists(archive)) {
      makeJars();
      makeArchive(java, archive);
    }
    java.addAll(List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + archive));
    java.addAll(List.of("-Xlog:cds=off", "-Xlog:cds+dynamic=off"));
    return List.copyOf(java);
  }

  /**
   * The class path of this test without the tests, and with DuckDB's driver as the launcher has it:
   * its library is not unpacked.
   */
  private static List<Path> entries() {
    Path driver = LIB.resolve("duckdb");
    if (!Files.isDirectory(driver)) {
      throw new IllegalStateException("found no " + driver + ", expected it from the build");
    }
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> entry.contains("duckdb_jdbc") ? driver : Path.of(entry).toAbsolutePath())
        .filter(
            entry -> !entry.endsWith("test-classes") && !entry.toString().endsWith("-tests.jar"))
        .toList();
  }

  private static String state(List<Path> entries) {
    StringBuilder all = new StringBuilder();
    for (Path entry : entries) {
      try (Stream<Path> files = Files.walk(entry)) {
        for (Path file : files.sorted().toList()) {
          all.append(file).append(Files.getLastModifiedTime(file)).append(Files.size(file));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return UUID.nameUUIDFromBytes(all.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** Of {@code MODULE/target/classes} or {@code lib/duckdb}: all have different names. */
  private static Path jarOf(Path folder) {
    String name = folder.subpath(folder.getNameCount() - 3, folder.getNameCount()).toString();
    return MADE.resolve(name.replace(File.separator, "-") + ".jar");
  }

  private static void makeJars() throws IOException {
    Files.createDirectories(MADE);
    for (Path entry : ENTRIES) {
      if (Files.isDirectory(entry)) {
        writeJar(entry, jarOf(entry));
      }
    }
    // The driver looks for its library beside its jar.
    try (Stream<Path> files = Files.list(LIB)) {
      for (Path file : files.filter(f -> f.getFileName().toString().startsWith("lib")).toList()) {
        Path link = MADE.resolve(file.getFileName().toString());
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, file);
      }
    }
  }

  private static void writeJar(Path folder, Path jar) throws IOException {
    try (Stream<Path> all = Files.walk(folder);
        JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
        out.putNextEntry(new JarEntry(name));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
  }

  /** From what two commands load, one of which runs every job. */
  private static void makeArchive(List<String> java, Path archive)
      throws IOException, InterruptedException {
    Path made = archive.resolveSibling("convoy.jsa.part");
    String home = archive.resolveSibling("home").toString();
    run(java, List.of(), "init", "--home", home);
    run(java, List.of("-XX:ArchiveClassesAtExit=" + made), "nightly", "--home", home);
    Files.move(made, archive);
  }

  private static void run(List<String> java, List<String> options, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(java);
    command.addAll(options);
    command.add("convoy.scheduler.Main");
    command.addAll(List.of(arguments));
    Path log = FOLDER.resolve("archive.log");
    int status =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start()
            .waitFor();
    if (status != 0) {
      throw new IllegalStateException("%s: status %d, see %s".formatted(command, status, log));
    }
  }
}
