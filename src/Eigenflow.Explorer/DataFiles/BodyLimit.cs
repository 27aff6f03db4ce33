using Microsoft.AspNetCore.Http.Metadata;

namespace Eigenflow.Explorer.DataFiles;

internal sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
