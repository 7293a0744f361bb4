/** The two repositories of an installation: their keys and roots, and the signed list of images. */
@NullMarked
package convoy.jobs.repository;

import org.jspecify.annotations.NullMarked;
