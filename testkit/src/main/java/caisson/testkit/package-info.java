/** Fakes and harnesses that the tests of several modules share. */
package caisson.testkit;
