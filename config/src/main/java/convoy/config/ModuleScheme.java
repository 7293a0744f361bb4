package convoy.config;

/** How the software versions of a module are written; the domain's VersionScheme by its name. */
public enum ModuleScheme {
  /** Semantic Versioning 2.0.0. */
  SEMVER,
  /** Dotted numbers, leading zeros allowed. */
  DOTTED,
  /** Releases in an order that only a list tells. */
  LISTED
}
