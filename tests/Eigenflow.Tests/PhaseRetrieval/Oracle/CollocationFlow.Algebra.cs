namespace Eigenflow.Tests.PhaseRetrieval.Oracle;

/// <summary>The coefficients of the method and its small linear systems.</summary>
internal sealed partial class CollocationFlow
{
    private static readonly (double[] Nodes, double[,] Matrix) Radau = Coefficients();

    // c: zeros of d⁴/dx⁴ [x⁴ (x − 1)⁵]; a_ij = ∫₀^{c_i} ℓ_j.
    private static (double[] Nodes, double[,] Matrix) Coefficients()
    {
        decimal[] polynomial = [-1m, 25m, -150m, 350m, -350m, 126m];
        double[] guesses = [0.0571, 0.2768, 0.5836, 0.8602, 1];
        var nodes = new decimal[Stages];
        for (var k = 0; k < Stages; k++)
        {
            var x = (decimal)guesses[k];
            for (var n = 0; n < 40; n++)
            {
                decimal value = 0, slope = 0;
                for (var power = 5; power >= 0; power--)
                {
                    slope = (slope * x) + value;
                    value = (value * x) + polynomial[power];
                }

                x -= value / slope;
            }

            nodes[k] = x;
        }

        var matrix = new double[Stages, Stages];
        for (var j = 0; j < Stages; j++)
        {
            decimal[] basis = [1];
            foreach (var other in Enumerable.Range(0, Stages).Where(k => k != j))
            {
                var product = new decimal[basis.Length + 1];
                for (var k = 0; k < basis.Length; k++)
                {
                    product[k] -= basis[k] * nodes[other] / (nodes[j] - nodes[other]);
                    product[k + 1] += basis[k] / (nodes[j] - nodes[other]);
                }

                basis = product;
            }

            for (var i = 0; i < Stages; i++)
            {
                decimal integral = 0, power = nodes[i];
                for (var k = 0; k < basis.Length; k++, power *= nodes[i])
                    integral += basis[k] * power / (k + 1);
                matrix[i, j] = (double)integral;
            }
        }

        return ([.. nodes.Select(node => (double)node)], matrix);
    }

    private static void Substitute(double[,] lu, Span<double> vector)
    {
        for (var row = 1; row < Stages; row++)
        {
            for (var k = 0; k < row; k++)
                vector[row] -= lu[row, k] * vector[k];
        }

        for (var row = Stages - 1; row >= 0; row--)
        {
            for (var k = row + 1; k < Stages; k++)
                vector[row] -= lu[row, k] * vector[k];
            vector[row] /= lu[row, row];
        }
    }

    // Gauss with row scaling and partial pivoting; the solution in the last column.
    private static bool Eliminate(double[,] system)
    {
        var n = system.GetLength(0);
        for (var row = 0; row < n; row++)
        {
            var scale = 0.0;
            for (var k = 0; k < n; k++)
                scale = Math.Max(scale, Math.Abs(system[row, k]));
            if (!(scale > 0) || !double.IsFinite(scale))
                return false;
            for (var k = 0; k <= n; k++)
                system[row, k] /= scale;
        }

        for (var k = 0; k < n; k++)
        {
            var pivot = k;
            for (var row = k + 1; row < n; row++)
            {
                if (Math.Abs(system[row, k]) > Math.Abs(system[pivot, k]))
                    pivot = row;
            }

            if (system[pivot, k] == 0)
                return false;
            for (var c = 0; c <= n && pivot != k; c++)
                (system[k, c], system[pivot, c]) = (system[pivot, c], system[k, c]);
            for (var row = 0; row < n; row++)
            {
                if (row == k)
                    continue;
                var factor = system[row, k] / system[k, k];
                for (var c = k; c <= n; c++)
                    system[row, c] -= factor * system[k, c];
            }
        }

        for (var row = 0; row < n; row++)
            system[row, n] /= system[row, row];
        return true;
    }
}
