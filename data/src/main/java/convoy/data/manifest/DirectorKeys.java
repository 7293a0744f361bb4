package convoy.data.manifest;

import convoy.data.trust.SigningKey;

/** The Director's online keys: those that sign manifests. Its root keys sign root metadata only. */
public record DirectorKeys(SigningKey targets, SigningKey snapshot, SigningKey timestamp) {}
