package convoy.data.manifest;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.PublicKey;
import convoy.data.trust.RoleKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The roots that may follow one; each waits for its signatures. */
public final class RootChanges {
  private RootChanges() {}

  /** What becomes of the keys that a role had. */
  public enum Former {
    /** They sign nothing new; what they signed is still taken, until they are retired. */
    ACCEPTED,
    /** Nothing that they signed is taken any more. */
    REFUSED
  }

  /**
   * With new keys of a role, before the former ones. Former keys of the root role always go: the
   * new root is signed by them once more, and no longer.
   *
   * @param threshold how many keys of the role must sign
   * @throws ConvoyException USAGE when a key serves the repository already, or the threshold cannot
   *     be reached or is not 1 for a role that signs unattended
   */
  public static RootMetadata rotate(
      RootMetadata before,
      KeyRole role,
      List<PublicKey> keys,
      int threshold,
      Former former,
      Instant expires) {
    for (PublicKey key : keys) {
      requireNew(before, key);
    }
    List<PublicKey> all = new ArrayList<>(keys);
    if (former == Former.ACCEPTED && !role.isRoot()) {
      all.addAll(before.keys(role).keys().values());
    }
    int most = role.isOnline() ? 1 : all.size();
    if (threshold < 1 || threshold > most) {
      throw usage(
          "threshold %d: expected %s for %s"
              .formatted(threshold, most == 1 ? "1" : "1 to " + most, role.text()));
    }
    return with(before, role, RootMetadata.roleKeys(role, threshold, all), expires);
  }

  private static void requireNew(RootMetadata before, PublicKey key) {
    before
        .roles()
        .forEach(
            (name, ofRole) -> {
              if (ofRole.keys().containsKey(key.keyid())) {
                throw usage(
                    "key %s: found it in the role %s already, expected a new key"
                        .formatted(key.shortId(), name));
              }
            });
  }

  /**
   * Without a key of a role.
   *
   * @param keyid how its id begins
   * @throws ConvoyException USAGE when no key or several begin so, or too few would be left
   */
  public static RootMetadata retire(
      RootMetadata before, KeyRole role, String keyid, Instant expires) {
    RoleKeys keys = before.keys(role);
    List<PublicKey> left = new ArrayList<>(keys.keys().values());
    List<PublicKey> found = left.stream().filter(k -> k.keyid().startsWith(keyid)).toList();
    if (found.size() != 1) {
      throw usage(
          "key '%s': found %d of %s that begin so, expected the beginning of one of %s"
              .formatted(
                  keyid,
                  found.size(),
                  role.text(),
                  left.stream().map(PublicKey::shortId).toList()));
    }
    left.removeAll(found);
    if (left.size() < keys.threshold()) {
      throw usage(
          "key %s: %d of %s would be left, expected %d or more: ./convoy keys rotate %s puts another in its place"
              .formatted(
                  found.get(0).shortId(), left.size(), role.text(), keys.threshold(), role.text()));
    }
    return with(before, role, RootMetadata.roleKeys(role, keys.threshold(), left), expires);
  }

  /** With the same keys, for a new time. */
  public static RootMetadata renew(RootMetadata before, Instant expires) {
    return new RootMetadata(before.version() + 1, expires, before.roles());
  }

  private static RootMetadata with(
      RootMetadata before, KeyRole role, RoleKeys keys, Instant expires) {
    Map<String, RoleKeys> roles = new HashMap<>(before.roles());
    roles.put(role.role(), keys);
    return new RootMetadata(before.version() + 1, expires, roles);
  }

  /** What a next root changes, a line each: what its signers agree to. */
  public static List<String> changes(RootMetadata before, RootMetadata next) {
    List<String> lines = new ArrayList<>();
    before
        .roles()
        .forEach(
            (name, keys) -> {
              RoleKeys then = next.role(name);
              then.keys().values().stream()
                  .filter(key -> !keys.keys().containsKey(key.keyid()))
                  .forEach(key -> lines.add("%s: new key %s".formatted(name, key.shortId())));
              keys.keys().values().stream()
                  .filter(key -> !then.keys().containsKey(key.keyid()))
                  .forEach(key -> lines.add("%s: key %s taken out".formatted(name, key.shortId())));
              if (keys.threshold() != then.threshold()) {
                lines.add(
                    "%s: %d must sign instead of %d"
                        .formatted(name, then.threshold(), keys.threshold()));
              }
            });
    lines.sort(null);
    lines.add("holds until " + next.expires());
    return lines;
  }

  private static ConvoyException usage(String message) {
    return new ConvoyException(ErrorCode.USAGE, message);
  }
}
