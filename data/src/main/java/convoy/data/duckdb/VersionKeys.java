package convoy.data.duckdb;

import convoy.data.vehicle.ModuleCatalog;
import convoy.data.version.VersionFormatException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys of versions as the settings make them now, offered to SQL as {@code offered_versions()}.
 */
final class VersionKeys {
  /** A version as the settings' scheme keys it; null when it cannot be read. */
  private record VersionKey(String module, String version, @Nullable String key) {}

  private static final BulkTable.Definition<VersionKey> VERSIONS =
      new BulkTable.Definition<VersionKey>("offered_versions")
          .text("module", VersionKey::module)
          .text("version", VersionKey::version)
          .text("key", VersionKey::key);

  private final BulkTable<VersionKey> table;
  private final ModuleCatalog modules;

  /** Made before a transaction begins, since it makes the table known to DuckDB. */
  VersionKeys(FleetStore store, ModuleCatalog modules) {
    this.table = store.bulk(VERSIONS);
    this.modules = modules;
  }

  /** Runs the work while {@code offered_versions()} has the keys of the versions of that query. */
  void offer(Db db, String modulesAndVersions, Runnable work) {
    List<VersionKey> keys =
        db.text(modulesAndVersions)
            .query((row, i) -> key(row.getString(1), row.getString(2)))
            .list();
    table.offer(keys, work);
  }

  private VersionKey key(String module, String version) {
    return new VersionKey(
        module, version, modules.find(module).map(known -> keyOrNull(known, version)).orElse(null));
  }

  private static @Nullable String keyOrNull(ModuleCatalog.Module module, String version) {
    try {
      return module.scheme().key(version);
    } catch (VersionFormatException e) {
      // Not lost: without a key the version is a finding of the audit, and leaves vehicles
      // undecided.
      return null;
    }
  }
}
