@NullMarked
package convoy.jobs.trust;

import org.jspecify.annotations.NullMarked;
