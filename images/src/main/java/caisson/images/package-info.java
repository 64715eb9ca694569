/** The images of this host: {@link caisson.images.Images} keeps, names, loads and removes them. */
package caisson.images;
