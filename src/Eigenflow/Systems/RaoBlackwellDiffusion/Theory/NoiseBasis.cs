namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>An orthonormal basis of all that targets see of a noisy sample: the span of the orbits of all templates. The rest of the noise changes nothing.</summary>
internal static class NoiseBasis
{
    private const double Rounding = 1e-10;
    private const double MostWork = 2e9;

    /// <summary>The basis vectors, d numbers each.</summary>
    /// <param name="problem">The problem.</param>
    public static double[][] Of(DiffusionProblem problem)
    {
        var d = problem.Dimension;

        // Without a list of elements the span is not worked out.
        if (problem.IsTorus || problem.Group.DesignSize == 0)
            return Whole(problem);
        var basis = new List<double[]>();
        var image = new double[d];
        var work = 0.0;
        for (var m = 0; m < problem.Templates.Count; m++)
        {
            var template = problem.Templates.Values[m];
            var size = Math.Sqrt(Vectors.Dot(template, template));
            for (var k = 0; k < problem.Group.DesignSize && basis.Count < d; k++)
            {
                // Large orbits that span much are taken for everything.
                if ((work += d * (1.0 + basis.Count)) > MostWork)
                    return Whole(problem);
                problem.Group.ApplyDesign(k, template, image);
                Add(basis, image, size);
            }
        }

        return [.. basis];
    }

    /// <summary>All directions of noise: R^d, or that of centred clouds.</summary>
    public static double[][] Whole(DiffusionProblem problem)
    {
        var d = problem.Dimension;
        var basis = new List<double[]>();
        for (var j = 0; j < d; j++)
        {
            var unit = new double[d];
            unit[j] = 1;
            if (!problem.IsCentred)
            {
                basis.Add(unit);
                continue;
            }

            Vectors.Centre(unit, problem.Templates.Columns);
            Add(basis, unit, 1);
        }

        return [.. basis];
    }

    // Twice, so that rounding of the first pass is taken out too.
    private static void Add(List<double[]> basis, double[] vector, double size)
    {
        double[] rest = [.. vector];
        for (var pass = 0; pass < 2; pass++)
        {
            foreach (var unit in basis)
            {
                var along = Vectors.Dot(unit, rest);
                for (var j = 0; j < rest.Length; j++)
                    rest[j] -= along * unit[j];
            }
        }

        var left = Math.Sqrt(Vectors.Dot(rest, rest));
        if (!(left > Rounding * size))
            return;
        for (var j = 0; j < rest.Length; j++)
            rest[j] /= left;
        basis.Add(rest);
    }
}
