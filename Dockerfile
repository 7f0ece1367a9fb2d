# The server on port 8417: reports and labelling in a browser, kept in the volume /data.
#   docker build -t stance --build-arg VERSION=v0.1.0 .
#   docker run -p 127.0.0.1:8417:8417 -v stance:/data stance
# The address that it prints has a token, without which it answers nobody.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -buildid= -X main.stated=$VERSION" -o /stance ./cmd/stance \
 && mkdir /data && chown 65532:65532 /data

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /stance /usr/bin/stance
COPY --from=build --chown=65532:65532 /data /data
USER 65532:65532
VOLUME /data
EXPOSE 8417
ENTRYPOINT ["/usr/bin/stance"]
CMD ["serve", "--listen", "0.0.0.0:8417", "--db", "/data/stance.db"]
