package convoy.data.eligibility;

import convoy.data.eligibility.PlainRange.Part;
import convoy.data.eligibility.PlainUpdate.Condition;
import convoy.data.eligibility.PlainUpdate.Target;
import convoy.data.update.UpdateCondition.Kind;
import convoy.data.vehicle.Powertrain;
import convoy.data.vehicle.Protocol;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Updates, campaigns and cells of a world so small that rules meet often. */
public record RandomRules(Random random, PlainModules modules) {
  public static final List<String> MODELS = List.of("ASTER", "BOREAL");
  public static final List<Powertrain> POWERTRAINS =
      List.of(Powertrain.PETROL, Powertrain.ELECTRIC);
  public static final List<String> REGIONS = List.of("DE", "FR");
  public static final List<String> HARDWARE = List.of("HW-1", "HW-2");
  public static final List<String> HARDWARE_VERSIONS = List.of("H1", "H2");
  public static final List<Protocol> PROTOCOLS = List.of(Protocol.CAN, Protocol.ETHERNET);

  /** An update that may contradict itself: registering would refuse some. */
  public PlainUpdate update(String name) {
    List<String> codes = new ArrayList<>(modules.codes());
    Collections.shuffle(codes, random);
    List<Target> targets = new ArrayList<>();
    for (String module : codes.subList(0, 1 + random.nextInt(2))) {
      targets.add(target(module));
    }
    List<Condition> conditions = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      if (random.nextInt(3) == 0) {
        String module = any(codes);
        conditions.add(new Condition(kind, module, range(module)));
      }
    }
    return new PlainUpdate(
        name,
        some(MODELS, 6),
        some(POWERTRAINS, 6),
        targets,
        conditions,
        random.nextInt(4) == 0,
        random.nextInt(4) == 0);
  }

  private Target target(String module) {
    List<String> hardware = some(HARDWARE, 3);
    return new Target(
        module,
        hardware,
        some(HARDWARE_VERSIONS, 4),
        some(PROTOCOLS, 5),
        range(module),
        any(any(modules.ladder(module))),
        hardware.size() == 2 && random.nextBoolean()
            ? List.of(List.of(hardware.get(0)), List.of(hardware.get(1)))
            : List.of(List.of()));
  }

  private PlainRange range(String module) {
    if (random.nextInt(8) == 0) {
      return new PlainRange(List.of(new Part("*", null, null)));
    }
    List<Part> parts = new ArrayList<>(List.of(part(module, true)));
    if (random.nextInt(3) == 0) {
      parts.add(part(module, false));
    }
    return new PlainRange(parts);
  }

  /** At most one part of a range is open: two could be all versions without being written so. */
  private Part part(String module, boolean mayBeOpen) {
    int versions = modules.ladder(module).size();
    int a = random.nextInt(versions);
    int b = a + random.nextInt(versions - a);
    String low = modules.ladder(module).get(a).get(0);
    String high = modules.ladder(module).get(b).get(0);
    return switch (random.nextInt(mayBeOpen ? 7 : 4)) {
      case 0 -> new Part(low, a, a);
      case 1 -> new Part("=" + high, b, b);
      case 2 -> new Part(low + " - " + high, a, b);
      case 3 ->
          b + 1 < versions
              ? new Part(">=" + low + " <" + modules.ladder(module).get(b + 1).get(0), a, b)
              : new Part(">=" + low + " <=" + high, a, b);
      case 4 -> new Part(">=" + low, a, null);
      case 5 -> a + 1 < versions ? new Part(">" + low, a + 1, null) : new Part(">=" + low, a, null);
      default -> new Part("<=" + high, null, b);
    };
  }

  /** A campaign of the update; its window, if it has one, begins or ends about that time. */
  public PlainCampaign campaign(
      String id, PlainUpdate update, List<String> vins, LocalDateTime about) {
    boolean hasWindow = random.nextInt(3) == 0;
    LocalDateTime begins = about.minusHours(random.nextInt(3));
    return new PlainCampaign(
        id,
        update,
        any(List.of("SCHEDULED", "IMMEDIATE")),
        any(List.of(10, 20)),
        some(REGIONS, 5),
        some(MODELS, 6),
        some(POWERTRAINS, 6),
        random.nextBoolean() ? List.of() : List.of(any(vins), any(vins)),
        hasWindow ? begins : null,
        hasWindow ? begins.plusHours(1 + random.nextInt(3)) : null);
  }

  /** A version of the module; at times one that is listed only later, or that nothing reads. */
  public String version(String module) {
    int unread = random.nextInt(30);
    if (unread == 0) {
      return PlainModules.UNREADABLE;
    }
    return unread < 3 && module.equals("GATEWAY")
        ? PlainModules.LATER
        : any(any(modules.ladder(module)));
  }

  public <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** All, that is no list; or, once in so many times, one or all of them by name. */
  private <T> List<T> some(List<T> all, int once) {
    if (random.nextInt(once) != 0) {
      return List.of();
    }
    return random.nextInt(4) == 0 ? all : List.of(any(all));
  }
}
