@NullMarked
package convoy.jobs.issuemanifests;

import org.jspecify.annotations.NullMarked;
