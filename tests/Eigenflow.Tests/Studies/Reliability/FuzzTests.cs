using System.Text;
using Eigenflow.Studies;
using Eigenflow.Tests.Data;
using Parquet;
using Parquet.Schema;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Studies;

/// <summary>More than 10^5 damaged study files, tables and arrays: each gives a result or one located error, never a crash or a hang.</summary>
public sealed class FuzzTests : IDisposable
{
    private const int Inputs = 36_000;
    private readonly TemporaryFolder folder = new(isForSmallFiles: true);

    private static readonly string[] Studies =
    [
        """
        title = "Exponents"
        system = "phase-retrieval"
        method = ["flow", "sgd"]
        record = ["t", "loss", "mse"]
        [parameters]
        exponent = [1.5, "linspace(2, 3, 3)"]
        dimension = "logspace(1, 2, 2)"
        seed = [1, 2, 3]
        times = [[1, 10], [1, 100]]
        [[zip]]
        learning-rate = [1e-3, 0.01]
        steps = [1_000, 100]
        """,
        """
        system = "phase-retrieval"
        [parameters]
        exponent = 2
        [stop]
        event = "escape"
        from = 10
        [derived]
        tail = { fit = "loss", from = 1e2, to = "min(1e4, 10 * until)" }
        half = { crossing = "mse", level = 0.5 }
        theory = { prediction = "loss-exponent" }
        ratio = { formula = "-tail / (theory + 1e-3) ^ 2" }
        [[figure]]
        x = "exponent"
        y = ["tail", "ratio"]
        group = "dimension"
        fit = true
        only = { method = "flow", exponent = [2, 3] }
        [[claim]]
        id = "tail"
        statement = "it holds"
        measured = "ratio"
        predicted = 1
        relative = 0.1
        """,
    ];

    [Fact]
    public void MutatedStudyFilesGiveALocatedErrorOrAStudy()
    {
        var random = new System.Random(11);
        var originals = Studies.Select(Encoding.UTF8.GetBytes).ToArray();
        var valid = 0;
        for (var trial = 0; trial < Inputs; trial++)
        {
            var bytes = Mutation.Of(originals[trial % originals.Length], random);
            try
            {
                Study.Parse(bytes, "mutated.toml").Runs.Count.ShouldBeInRange(1, RunPlan.LargestCount);
                valid++;
            }
            catch (EigenflowException exception)
            {
                exception.Message.ShouldStartWith("mutated.toml, line ");
                exception.Message.Any(char.IsControl).ShouldBeFalse(exception.Message);
            }
            catch (Exception exception) when (exception is not ShouldAssertException)
            {
                throw new InvalidOperationException($"mutated study {Encoding.UTF8.GetString(bytes)} gave {exception.GetType().Name}", exception);
            }
        }

        valid.ShouldBeInRange(Inputs / 100, Inputs / 2);
    }

    [Theory]
    [InlineData("a = ", "[", 10_000)]
    [InlineData("a = ", "{a=", 10_000)]
    [InlineData("", "[a.", 10_000)]
    [InlineData("", "a.", 100_000)]
    [InlineData("system = \"", "x", 500_000)]
    [InlineData("", "[[zip]]\n", 50_000)]
    [InlineData("system = \"phase-retrieval\"\n[derived]\nx = { formula = \"", "(", 400)]
    [InlineData("system = \"phase-retrieval\"\n[derived]\nx = { formula = \"", "-", 400)]
    [InlineData("system = \"phase-retrieval\"\n[derived]\nx = { formula = \"seed", "^seed", 90)]
    public void DeepAndLongInputsEndInAnError(string head, string repeated, int count) =>
        Should.Throw<EigenflowException>(() => Study.Parse(Encoding.UTF8.GetBytes(head + string.Concat(Enumerable.Repeat(repeated, count))), "deep.toml")).Message.ShouldStartWith("deep.toml, line ");

    [Fact]
    public void MutatedTablesGiveALocatedErrorOrATable()
    {
        var random = new System.Random(12);
        byte[][] originals = [.. new[] { "# c\nx,y,z\n1,2.5,-3e2\n\"4\",5,6\n7,8,9\n", "1;2\n3;4\n", "a\tb\n0.5\t1e-3\n" }.Select(Encoding.UTF8.GetBytes)];
        for (var trial = 0; trial < Inputs; trial++)
            Mutation.MustBeLocated(folder, "mutated.csv", Mutation.Of(originals[trial % originals.Length], random));
    }

    [Fact]
    public void MutatedTablesWithTextsGiveALocatedErrorOrATable()
    {
        var random = new System.Random(14);
        byte[][] originals = [.. new[] { "# c\nrun,\"na,me\",loss\n1,a,-3e2\n2,\"b \"\"c\"\"\",\n3,,nan\n", "x y\n1 2\n3 4\n", "1;2\n3;4\n" }.Select(Encoding.UTF8.GetBytes)];
        for (var trial = 0; trial < Inputs / 3; trial++)
            Mutation.TableMustBeLocated(folder, "mutated.csv", Mutation.Of(originals[trial % originals.Length], random));
    }

    [Fact]
    public async Task MutatedParquetFilesGiveALocatedErrorOrATable()
    {
        var schema = new ParquetSchema(new DataField<double>("x", false), new DataField<long>("n", true));
        using var stream = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(schema, stream, cancellationToken: TestContext.Current.CancellationToken))
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync<double>(schema.DataFields[0], new[] { 1.5, 2.5, 3 });
            await group.WriteAsync<long>(schema.DataFields[1], new long?[] { 1, null, 3 });
            group.CompleteValidate();
        }

        var random = new System.Random(15);
        var original = stream.ToArray();
        for (var trial = 0; trial < Inputs / 12; trial++)
        {
            Mutation.TableMustBeLocated(folder, "mutated.parquet", Mutation.Of(original, random));
            Mutation.MustBeLocated(folder, "mutated.parquet", Mutation.Of(original, random));
        }
    }

    [Fact]
    public void MutatedArraysGiveALocatedErrorOrATable()
    {
        var random = new System.Random(13);
        byte[][] originals = [Npy("<f8", "(2, 3)", 48), Npy("<i4", "(5,)", 20), Npy(">f4", "(2, 2)", 16)];
        for (var trial = 0; trial < Inputs; trial++)
            Mutation.MustBeLocated(folder, "mutated.npy", Mutation.Of(originals[trial % originals.Length], random));
    }

    public void Dispose() => folder.Dispose();

    private static byte[] Npy(string type, string shape, int length)
    {
        var header = Encoding.ASCII.GetBytes($"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}    \n");
        return [0x93, .. "NUMPY"u8, 1, 0, .. BitConverter.GetBytes((ushort)header.Length), .. header, .. Enumerable.Range(0, length).Select(k => (byte)(k * 7))];
    }
}
