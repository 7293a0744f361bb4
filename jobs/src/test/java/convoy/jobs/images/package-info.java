@NullMarked
package convoy.jobs.images;

import org.jspecify.annotations.NullMarked;
