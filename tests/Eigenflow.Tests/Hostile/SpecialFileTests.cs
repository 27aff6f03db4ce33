using System.Diagnostics;
using System.Net.Sockets;
using Eigenflow.Data;
using Eigenflow.Images;
using Eigenflow.Rendering;
using Eigenflow.Studies;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Hostile;

/// <summary>Named pipes without a writer, devices without an end, sockets and folders where a file is expected.</summary>
public sealed class SpecialFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("pipe", "a named pipe")]
    [InlineData("device", "a device")]
    [InlineData("socket", "a socket")]
    [InlineData("folder", "it is a folder")]
    public async Task WhatIsNoFileIsRefusedByEveryReader(string kind, string named)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems do not tell what a path is.");
        (string Name, Action<string> Read)[] readers =
        [
            ("x.csv", path => NumericFile.ReadMatrix(path)),
            ("x.tsv", path => ColumnTable.Read(path)),
            ("x.npy", path => RowSource.Open(path).Dispose()),
            ("x.npz", path => RowSource.OpenSamples(path).Dispose()),
            ("x.parquet", path => ColumnTable.Read(path)),
            ("y.parquet", path => RowSource.Open(path).Dispose()),
            ("x.toml", path => Study.Read(path)),
            ("images/x.png", _ => ImagePatches.Read(folder.Path("images"), new ImagePatchOptions(), null, CancellationToken.None)),
        ];
        Directory.CreateDirectory(folder.Path("images"));
        var sockets = new List<Socket>();
        foreach (var (name, read) in readers)
        {
            var path = folder.Path(name);
            await Make(kind, path, sockets);
            var line = await Attack.Refused(name.StartsWith("images", StringComparison.Ordinal) ? folder.Path("images") : path, () => read(path));
            if (!(kind == "folder" && name.EndsWith(".png", StringComparison.Ordinal)))
                line.ShouldContain(named);
        }

        sockets.ForEach(socket => socket.Dispose());
    }

    // Beside images that can be read they are left out.
    [Fact]
    public async Task APipeAmongImagesIsLeftOut()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems do not tell what a path is.");
        await Make("pipe", folder.Path("a.png"), []);
        Images.DeepPngWriter.Write(folder.Path("b.png"), 20, 20, 1, false, (x, y, _) => (ushort)(x * y));
        var patches = ImagePatches.Read(folder.Path("."), new ImagePatchOptions { Size = 4, Count = 100 }, null, CancellationToken.None);
        patches.Warnings.ShouldBe(["a.png was left out: it is a named pipe, not an image"]);
    }

    public void Dispose() => folder.Dispose();

    private static async Task Make(string kind, string path, List<Socket> sockets)
    {
        switch (kind)
        {
            case "pipe":
                using (var process = Process.Start("mkfifo", [path]))
                    await process.WaitForExitAsync(TestContext.Current.CancellationToken);
                break;
            case "device":
                File.CreateSymbolicLink(path, "/dev/zero");
                break;
            case "socket":
                sockets.Add(new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified));
                sockets[^1].Bind(new UnixDomainSocketEndPoint(path));
                break;
            default:
                Directory.CreateDirectory(path);
                break;
        }
    }
}
