using System.Security.Cryptography;
using System.Text;

namespace Eigenflow.EndToEnd;

/// <summary>
/// docs/determinism.md: the same bits for every number of threads and on every vector path, in processes of their own with the switches of the runtime set,
/// and the same as when the numerics got their version.
/// </summary>
public sealed class DeterminismTests : TemporaryFolder
{
    /// <summary>Result bytes of the requests below under this version of the numerics. A change here needs a new NumericsVersion.Number and a line in the changelog.</summary>
    private static readonly Dictionary<string, string> Golden = new(StringComparer.Ordinal)
    {
        ["sgd"] = "ea906542b2c1323978ae490b35025a81625b4d9e7c283fc83cc19f9a0058d919",
        ["gd"] = "988c207a3ac00839a328c7aa7e8628b20be01bda05a7bdb22848a7b3bfa1f814",
        ["flow"] = "fec707250fa9bab3fc37f335cf1a3dd3d9b62043dc8d8015ca8a8bd7b3c0f44a",
        ["sgd-theory"] = "644cbad3b9e32d2069f23f19253fb0a18fad9aaabcf3e372bedb73622b5b8e31",
        ["descent"] = "2d26ea04d5a484e92c408c4ac1c5a8e9c604381f97af8d1e6ac9b9025f9a57f0",
    };

    private static readonly Dictionary<string, string> Requests = new(StringComparer.Ordinal)
    {
        ["sgd"] = "phase-retrieval --method sgd --dimension 150,2500 --exponent 1.2 --steps 300 --batch 1,3 --replicas 3 --noise 0.1 --precision double,float --points 6",
        ["gd"] = "phase-retrieval --method gd --dimension 150,2500 --exponent 1.2 --steps 3000 --learning-rate 0.01 --modes full,compressed --points 8",
        ["flow"] = "phase-retrieval --method flow,isotropic,frozen,volterra,hierarchy --dimension 150 --exponent 1.2 --until 100 --modes full,compressed --points 8",
        ["sgd-theory"] = "phase-retrieval --method sgd-theory --dimension 150 --exponent 1.2 --steps 1000 --noise 0.1 --points 8",
        ["descent"] = "spectral-descent --method gd,spectral,sgd,muon,full-gd,full-muon --dimension 21 --spike 4 --start-scale 0.0137 --learning-rate 0.0031 --steps 60 --batch 1100 --replicas 3 --points 8",
    };

    public static TheoryData<string, string> Paths()
    {
        var data = new TheoryData<string, string>();
        foreach (var name in Requests.Keys)
        {
            foreach (var path in new[] { "", "DOTNET_EnableAVX512=0", "DOTNET_EnableAVX2=0", "DOTNET_EnableHWIntrinsic=0" })
                data.Add(name, path);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task EveryVectorPathGivesTheSameBits(string name, string path)
    {
        var variables = path.Length == 0 ? [] : new[] { path.Split('=') };
        using var command = CommandProcess.Start(Folder, variables.ToDictionary(pair => pair[0], pair => pair[1]), $"run {Requests[name]} --quiet --out out --scale 0.5".Split(' '));
        var result = await command.Finish();
        result.ExitCode.ShouldBeOneOf(0, 1);
        Hash("out").ShouldBe(Golden[name]);
    }

    [Fact]
    public async Task EveryNumberOfThreadsGivesTheSameBits()
    {
        foreach (var threads in new[] { 1, 2, 7, 16 })
        {
            using var command = CommandProcess.Start(
                Folder, new Dictionary<string, string>(StringComparer.Ordinal) { ["DOTNET_PROCESSOR_COUNT"] = $"{threads}" }, $"run {Requests["sgd"]} --quiet --out out --scale 0.5 --jobs {threads}".Split(' '));
            (await command.Finish()).ExitCode.ShouldBe(0);
            Hash("out").ShouldBe(Golden["sgd"]);
        }
    }

    // Columns that came later are left out, so that the hashes prove the bits of those that were there.
    private string Hash(string folder)
    {
        var lines = File.ReadAllLines(Path.Combine(Folder, folder, "runs.csv")).Select(line => line.Split(',')).ToArray();
        var kept = Enumerable.Range(0, lines[0].Length).Where(column => !lines[0][column].EndsWith("-median", StringComparison.Ordinal)).ToArray();
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => string.Join(',', kept.Select(column => line[column])) + "\n")))));
    }
}
