package caisson.registry;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Certificates of authorities that are trusted for one registry only, beside those that this host
 * trusts anyway: the files {@code HOST:PORT/*.crt}, in PEM, of directories like Docker's {@code
 * /etc/docker/certs.d}.
 *
 * @param directories any of which may be missing
 */
public record Certificates(List<Path> directories) {
  /** None. */
  public static final Certificates NONE = new Certificates(List.of());

  public Certificates {
    directories = List.copyOf(directories);
  }

  /** Whether there is a certificate for {@code host}. */
  boolean has(String host) {
    return !files(host).isEmpty();
  }

  /**
   * What checks the certificates of {@code host}, if that is not the usual.
   *
   * @throws CaissonException CORRUPT if a file holds no certificates
   */
  Optional<SSLContext> context(String host) {
    var files = files(host);
    if (files.isEmpty()) {
      return Optional.empty();
    }
    try {
      var trusted = emptyStore();
      for (var issuer : usual()) {
        add(trusted, issuer);
      }
      for (var file : files) {
        for (var certificate : read(file)) {
          add(trusted, certificate);
        }
      }
      var context = SSLContext.getInstance("TLS");
      context.init(null, managers(trusted), null);
      return Optional.of(context);
    } catch (GeneralSecurityException | IOException e) {
      throw new CaissonException(
          ErrorCode.INTERNAL, "cannot set up the certificates for " + host + ": " + e, e);
    }
  }

  private List<Path> files(String host) {
    var files = new ArrayList<Path>();
    for (var directory : directories) {
      var own = directory.resolve(host);
      if (own.normalize().startsWith(directory) && Files.isDirectory(own)) {
        try (var certificates = Files.newDirectoryStream(own, "*.crt")) {
          certificates.forEach(files::add);
        } catch (IOException e) {
          throw new CaissonException(
              ErrorCode.INVALID_ARGUMENT, "cannot read the certificates in " + own + ": " + e, e);
        }
      }
    }
    return files;
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    return store;
  }

  private static void add(KeyStore store, Certificate certificate) throws GeneralSecurityException {
    store.setCertificateEntry(Integer.toString(store.size()), certificate);
  }

  private static List<Certificate> usual() throws GeneralSecurityException {
    var certificates = new ArrayList<Certificate>();
    for (var manager : managers(null)) {
      if (manager instanceof X509TrustManager x509) {
        certificates.addAll(List.of(x509.getAcceptedIssuers()));
      }
    }
    return certificates;
  }

  private static TrustManager[] managers(@org.jspecify.annotations.Nullable KeyStore storeOrUsual)
      throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(storeOrUsual);
    return factory.getTrustManagers();
  }

  private static List<Certificate> read(Path file) throws IOException {
    try (var input = Files.newInputStream(file)) {
      return List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(input));
    } catch (GeneralSecurityException e) {
      throw new CaissonException(
          ErrorCode.CORRUPT, file + " holds no certificates in PEM: " + e.getMessage(), e);
    }
  }
}
