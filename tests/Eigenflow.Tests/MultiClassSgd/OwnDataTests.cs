using System.Globalization;
using System.Text;
using Eigenflow.Random;
using Eigenflow.Solutions;
using Eigenflow.Systems.MultiClassSgd;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.MultiClassSgd;

/// <summary>Classes of a file: their moments, how far from commuting they are, and SGD on the rows against the theory of their mixture.</summary>
public sealed class OwnDataTests : IDisposable
{
    private const int Width = 24;
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void MomentsAreThoseOfTheClassesInTheCommonBasis()
    {
        var rows = ClassRows.Read(folder.Write("data.csv", Table(3000, isRotated: true)));
        rows.Names.ShouldBe(["down", "up"]);
        rows.Sizes.ShouldBe([2000, 1000]);
        (rows.Rows, rows.Dimension, rows.Features, rows.Count).ShouldBe((3000, Width, Width, 2));
        var problem = new MultiClassProblem { Dimension = rows.Dimension, Classes = rows.Mixture };
        var modes = problem.Modes(ModeRepresentation.Full);

        // Pooled eigenvalues ascend, their mean is one, and the diagonal of every class is that of its rows.
        modes.Pooled.ShouldBe([.. modes.Pooled.Order()], 1e-9);
        modes.Pooled.Sum().ShouldBe(Width, 1e-9);
        for (var i = 0; i < 2; i++)
        {
            int[] own = [.. Enumerable.Range(0, rows.Rows).Where(row => rows.Labels[row] == i)];
            for (var k = 0; k < Width; k += 5)
            {
                var mean = own.Average(row => rows.Values.Row(row)[k]);
                modes.Spectra[i][k].ShouldBe(own.Average(row => Math.Pow(rows.Values.Row(row)[k] - mean, 2)), 1e-9);
                (modes.Origin[i].Sign * modes.Means[i][k]).ShouldBe(mean, 1e-9);
            }
        }

        // Rows of one distribution, rotated or not, have the same moments in their own basis.
        var plain = new MultiClassProblem { Dimension = Width, Classes = ClassRows.Read(folder.Write("plain.csv", Table(3000, isRotated: false))).Mixture }.Modes(ModeRepresentation.Full);
        for (var k = 0; k < Width; k++)
            plain.Pooled[k].ShouldBe(modes.Pooled[k], 1e-6);
    }

    [Fact]
    public void HowFarFromCommutingIsANumber()
    {
        var common = ClassRows.Read(folder.Write("common.csv", Table(3000, isRotated: true)));
        common.OffDiagonal.ShouldBeLessThan(1.5 * common.OffDiagonalByChance);
        common.Remarks.ShouldHaveSingleItem().ShouldContain("class 1 is 'down' (2000 rows, y = +1), class 2 is 'up' (1000 rows, y = -1)");
        var turned = ClassRows.Read(folder.Write("turned.csv", Table(3000, isRotated: true, turnsSecond: true)));
        turned.OffDiagonal.ShouldBeGreaterThan(5 * turned.OffDiagonalByChance);
        turned.Remarks.Last().ShouldContain("do not share eigenvectors");
    }

    [Fact]
    public void SgdOnTheRowsFollowsTheTheory()
    {
        var system = SystemCatalog.Find("multiclass-sgd");
        var setting = Setting.Empty.With("classes", "file:" + folder.Write("data.csv", Table(3000, isRotated: true)));
        setting = setting.With("points", 8L).With("learning-rate", 0.3);
        var theory = system.Solve(system.Complete("theory", setting));
        var rows = system.Solve(system.Complete("sgd", setting));
        var gaussian = system.Solve(system.Complete("sgd", setting.With("sampling", "gaussian").With("seed", 2L)));
        rows.SummaryOf("rows").ShouldBe(3000);
        rows["risk-rows"][^1].ShouldBe(theory["risk"][^1], (4 * rows["risk-rows-se"][^1]) + (0.05 * theory["risk"][^1]));
        rows["t"][^1].ShouldBe(3000.0 / Width, 1e-9);
        gaussian.Has("risk-rows").ShouldBeFalse();

        // These rows are Gaussian: SGD on them is that on fresh samples.
        var tables = system.Compare([rows, gaussian]);
        tables.Count.ShouldBe(2);
        tables[0].Rows.ShouldHaveSingleItem()[0].ShouldBe("sgd, Gaussian samples");
        tables[0].Rows[0][1].ShouldNotStartWith("departs");

        // Every row is taken once: beyond there are none.
        Should.Throw<ParameterException>(() => system.Solve(system.Complete("sgd", setting.With("until", 200.0)))).Message.ShouldContain("one pass over the 3000 rows ends");
    }

    [Fact]
    public void RowsThatCannotBeUsedAreRefused()
    {
        var system = SystemCatalog.Find("multiclass-sgd");
        EigenflowException Refusal(string text, params (string Name, object Value)[] more) =>
            Should.Throw<EigenflowException>(() => system.Complete("theory", more.Aggregate(Setting.Empty.With("classes", "file:" + folder.Write("bad.csv", text)), (setting, pair) => setting.With(pair.Name, pair.Value))));
        Refusal("x,y,kind\n1,2,a\n2,1,a\n").Message.ShouldContain("at least 2 classes");
        Refusal("x,y,kind\n1,2,a\n2,1,a\n3,3,b\n").Message.ShouldContain("class 'b' has 1 row");
        Refusal("x,kind\n1,a\n2,a\n3,b\n1,b\n").Message.ShouldContain("at least 2 columns of features");
        Refusal("x,y,kind\n1,2,a\n1,2,a\n3,3,b\n3,3,b\n").Message.ShouldContain("no column varies within a class");
        Refusal("x,y,kind\n0.1,0.3,a\n0.1,0.3,a\n0.1,0.3,b\n0.1,0.3,b\n").Message.ShouldContain("features have no variance");
        Refusal(Table(60, isRotated: false), ("spectrum", "identity")).Message.ShouldContain("left out when classes are rows of a file");
        Refusal(Table(60, isRotated: false), ("dimension", 7L)).Message.ShouldContain("number of directions of the rows");
        Should.Throw<ParameterException>(() => system.Complete("continuum", Setting.Empty.With("classes", "file:" + folder.Path("bad.csv")))).Parameter.ShouldBe("classes");
    }

    [Fact]
    public void SpectraAndMeansOfFilesHaveAColumnPerClass()
    {
        var system = SystemCatalog.Find("multiclass-sgd");
        var spectra = folder.Write("spectra.csv", "first,second\n" + string.Join('\n', Enumerable.Range(1, 50).Select(rho => FormattableString.Invariant($"{rho / 50.0:R},{(51 - rho) / 50.0:R}"))) + "\n");
        var means = folder.Write("means.csv", "first,second\n" + string.Join('\n', Enumerable.Range(0, 50).Select(k => FormattableString.Invariant($"{1 / Math.Sqrt(50):R},{-(k % 2 == 0 ? 1.2 : 0.4) / Math.Sqrt(50):R}"))) + "\n");
        var setting = Setting.Empty.With("spectrum", "file:" + spectra).With("mean-profile", "file:" + means).With("probabilities", new[] { 0.3, 0.7 }).With("learning-rate", 0.9).With("times", new[] { 1.0, 100 });
        var solution = system.Solve(system.Complete("theory", setting));
        solution["risk"][0].ShouldBe(0.558935203, 1e-7);
        solution["risk"][1].ShouldBe(0.240450042, 1e-7);
        Should.Throw<ParameterException>(() => system.Complete("theory", setting.With("dimension", 40L))).Message.ShouldContain("number of modes");
        Should.Throw<ParameterException>(() => system.Complete("theory", setting.With("classes", "3").Without("probabilities"))).Message.ShouldContain("one per class (3)");
        Should.Throw<ParameterException>(() => system.Complete("theory", Setting.Empty.With("spectrum", "file:" + folder.Write("matrix.csv", "2,1,0\n1,2,0\n0,0,3\n")))).Message.ShouldContain("classes must share eigenvectors; rotate or diagonalise");
    }

    public void Dispose() => folder.Dispose();

    // Two classes of a third and two thirds of the rows: means of either sign, eigenvalues that rise with different powers, and, where rotated, reflections of the features.
    private static string Table(int count, bool isRotated, bool turnsSecond = false)
    {
        var text = new StringBuilder(string.Join(',', Enumerable.Range(0, Width).Select(k => $"x{k}")) + ",kind\n");
        double[] axis = [.. Enumerable.Range(0, Width).Select(k => Math.Cos(1 + k))];
        double[][] others = [.. Enumerable.Range(1, 8).Select(number => Enumerable.Range(0, Width).Select(k => Math.Sin(2.5 * number * (k + 1))).ToArray())];
        var z = new double[Width];
        for (var row = 0; row < count; row++)
        {
            var isFirst = row % 3 == 0;
            GaussianGenerator.Fill(new GaussianAddress(5, 0, 0, row), 0, z);
            for (var k = 0; k < Width; k++)
                z[k] = ((isFirst ? 0.6 : -0.6) / Math.Sqrt(Width)) + (z[k] * Math.Pow((k + 1.0) / Width, isFirst ? 0.5 : 1));
            foreach (var other in turnsSecond && !isFirst ? others : [])
                Reflect(z, other);
            if (isRotated)
                Reflect(z, axis);
            text.AppendJoin(',', z.Select(value => value.ToString("R", CultureInfo.InvariantCulture))).Append(isFirst ? ",up\n" : ",down\n");
        }

        return text.ToString();
    }

    private static void Reflect(double[] vector, double[] axis)
    {
        var part = 2 * vector.Zip(axis, (a, b) => a * b).Sum() / axis.Sum(value => value * value);
        for (var k = 0; k < vector.Length; k++)
            vector[k] -= part * axis[k];
    }
}
