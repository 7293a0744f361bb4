@NullMarked
package convoy.jobs.verifyimages;

import org.jspecify.annotations.NullMarked;
