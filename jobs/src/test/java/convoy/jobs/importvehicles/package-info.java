@NullMarked
package convoy.jobs.importvehicles;

import org.jspecify.annotations.NullMarked;
