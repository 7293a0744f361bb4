package convoy.data.manifest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A root, a key or the list of images of a repository, as people are told of it.
 *
 * @param what such as "root, version 2"
 * @param role of the key, or the one that signs it
 * @param keyid in short; null: it is no key
 * @param state a few words: whether it signs or holds, and where it is
 * @param endsAt from when it no longer does; null: it has no end of its own, or that is not known
 *     here
 * @param warning a sentence: that it ends soon, or why it does not hold or sign; null: neither
 */
public record RepositoryPart(
    Repository repository,
    String what,
    KeyRole role,
    @Nullable String keyid,
    String state,
    @Nullable Instant endsAt,
    @Nullable String warning) {}
