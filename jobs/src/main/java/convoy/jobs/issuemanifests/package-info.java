/** The job that signs a manifest for each vehicle whose turn has come and writes the shards. */
@NullMarked
package convoy.jobs.issuemanifests;

import org.jspecify.annotations.NullMarked;
