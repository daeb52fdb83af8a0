# One of the two services from the executable that './mvnw package -Pnative' has built on this machine, which must be Linux
# with a glibc that is not newer than the image's (2.34), after a './mvnw clean' so that there is one alone. The build context is the root of the repository:
#
#   docker build -f src-native/ready.Dockerfile --build-arg APP=orchestrator -t skald/shop-orchestrator:native .
#   docker build -f src-native/ready.Dockerfile --build-arg APP=services     -t skald/shop:native .

# glibc, libstdc++ and zlib on a minimal system; no package manager, no shell tools but bash.
FROM quay.io/quarkus/ubi9-quarkus-micro-image:2.0
ARG APP
WORKDIR /work
COPY --chmod=0755 participants/shop/${APP}/target/*-runner application

# The file belongs to root and is only read.
USER 10001:10001

ENV QUARKUS_HTTP_HOST=0.0.0.0 \
    QUARKUS_HTTP_PORT=8080

EXPOSE 8080

# The image has neither curl nor wget, but bash speaks TCP.
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s --retries=6 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${QUARKUS_HTTP_PORT} && printf 'GET /q/health/ready HTTP/1.0\\r\\n\\r\\n' >&3 && read -r line <&3 && [[ $line == *' 200 '* ]]"]

# More options, such as -Xmx256m, are arguments of 'docker run'.
ENTRYPOINT ["./application", "-XX:MaximumHeapSizePercent=60"]
