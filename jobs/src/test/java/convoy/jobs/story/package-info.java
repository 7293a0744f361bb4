@NullMarked
package convoy.jobs.story;

import org.jspecify.annotations.NullMarked;
